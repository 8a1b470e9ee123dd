/** Tokens of an OAuth 2 server, fetched with the credentials of a client. */
@NullMarked
package io.sluice.auth.oidc;

import org.jspecify.annotations.NullMarked;
