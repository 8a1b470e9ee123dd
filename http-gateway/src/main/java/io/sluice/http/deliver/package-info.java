/** Delivering records to the user's app: {@link io.sluice.http.deliver.AppDelivery} is the way in. */
@NullMarked
package io.sluice.http.deliver;

import org.jspecify.annotations.NullMarked;
