/** Who we are to Kafka and who a caller is to us. */
@NullMarked
package io.sluice.auth;

import org.jspecify.annotations.NullMarked;
