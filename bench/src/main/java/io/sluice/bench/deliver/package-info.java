/** One start of a program that brings records to an app: the records, the app, and what both saw. */
@NullMarked
package io.sluice.bench.deliver;

import org.jspecify.annotations.NullMarked;
