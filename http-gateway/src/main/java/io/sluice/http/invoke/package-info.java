/** From a request of any protocol to the verticle that produces, and back: batches, deadlines and the memory they hold. */
@NullMarked
package io.sluice.http.invoke;

import org.jspecify.annotations.NullMarked;
