/** Meters and the page on which Prometheus reads them. */
@NullMarked
package io.sluice.app.telemetry;

import org.jspecify.annotations.NullMarked;
