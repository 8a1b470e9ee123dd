/** What a component file says about a Kafka binding, as immutable typed values. */
@NullMarked
package io.sluice.core.binding;

import org.jspecify.annotations.NullMarked;
