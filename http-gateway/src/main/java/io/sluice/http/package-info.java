/** The only package tree that talks HTTP. */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
