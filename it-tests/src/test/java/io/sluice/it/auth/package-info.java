/** Logging in to a Kafka that asks who we are, and what becomes of that login over time. */
@NullMarked
package io.sluice.it.auth;

import org.jspecify.annotations.NullMarked;
