/** Which requests were acknowledged and which records Kafka holds. */
@NullMarked
package io.sluice.bench.ledger;

import org.jspecify.annotations.NullMarked;
