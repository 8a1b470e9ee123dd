/** The only package tree that talks to Kafka. */
@NullMarked
package io.sluice.kafka;

import org.jspecify.annotations.NullMarked;
