package io.sluice.bench.load;

import java.time.Duration;

/** How long to load before measuring, and how long to measure. */
public record Window(Duration warmup, Duration measured) {}
