/** The HTTP API: {@link io.sluice.http.api.HttpApi} is the way in. */
@NullMarked
package io.sluice.http.api;

import org.jspecify.annotations.NullMarked;
