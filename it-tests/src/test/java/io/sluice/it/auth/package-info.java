/** Who may log in: we at Kafka, and callers at the gateway's front door. */
@NullMarked
package io.sluice.it.auth;

import org.jspecify.annotations.NullMarked;
