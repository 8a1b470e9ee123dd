/**
 * What the gateway is measured against: the least that a straightforward Vert.x program does between an HTTP request
 * and Kafka's acknowledgement. A process of its own, see {@link io.sluice.bench.floor.FloorMain}.
 */
@NullMarked
package io.sluice.bench.floor;

import org.jspecify.annotations.NullMarked;
