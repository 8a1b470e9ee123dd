/** Logins to Kafka, and of callers: each against a real server that asks for it. */
@NullMarked
package io.sluice.it.auth;

import org.jspecify.annotations.NullMarked;
