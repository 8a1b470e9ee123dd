/** Tokens for Amazon's Kafka, signed with an AWS identity. */
@NullMarked
package io.sluice.auth.aws;

import org.jspecify.annotations.NullMarked;
