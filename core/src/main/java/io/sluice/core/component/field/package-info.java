/** Reading the fields of a component: declared once, parsed by type, every mistake collected. */
@NullMarked
package io.sluice.core.component.field;

import org.jspecify.annotations.NullMarked;
