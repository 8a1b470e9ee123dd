/** The pages of the project, as far as a program can read them. */
@NullMarked
package io.sluice.it.docs;

import org.jspecify.annotations.NullMarked;
