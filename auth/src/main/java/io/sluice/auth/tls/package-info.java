/** Certificates and keys from PEM texts and files: {@link io.sluice.auth.tls.TlsFiles} is the door. */
@NullMarked
package io.sluice.auth.tls;

import org.jspecify.annotations.NullMarked;
