/** What web pages can do to a gateway, in a real browser. */
@NullMarked
package io.sluice.it.browser;

import org.jspecify.annotations.NullMarked;
