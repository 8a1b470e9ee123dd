/**
 * What delivering is measured against: the least that a straightforward program does between Kafka and the app's
 * answer. A process of its own, see {@link io.sluice.bench.floor.deliver.DeliverFloorMain}.
 */
@NullMarked
package io.sluice.bench.floor.deliver;

import org.jspecify.annotations.NullMarked;
