/**
 * What waiting is measured against: plain consumers that have nothing to do. A process of its own, see
 * {@link io.sluice.bench.floor.idle.IdleFloorMain}.
 */
@NullMarked
package io.sluice.bench.floor.idle;

import org.jspecify.annotations.NullMarked;
