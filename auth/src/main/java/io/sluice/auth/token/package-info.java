/** Tokens that say who we are to Kafka: fetched ahead of their end, shared by all clients of a login. */
@NullMarked
package io.sluice.auth.token;

import org.jspecify.annotations.NullMarked;
