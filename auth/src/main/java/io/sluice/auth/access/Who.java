package io.sluice.auth.access;

import javax.security.auth.x500.X500Principal;

/** To whom a grant is given. */
sealed interface Who {
    boolean matches(Principal principal);

    /** Everybody, whether or not he says who he is. */
    record Anybody() implements Who {
        @Override
        public boolean matches(Principal principal) {
            return true;
        }
    }

    /** Everybody who has said who he is. */
    record Authenticated() implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.authenticated();
        }
    }

    /** Whoever knows the {@code dapr-api-token}. */
    record HasApiToken() implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.apiToken();
        }
    }

    /** The one that a bearer token is about. */
    record Subject(String name) implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.claims() != null && principal.claims().hasSubject(name);
        }
    }

    /** Those with that value in a claim of their bearer token. */
    record HasClaim(String name, String value) implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.claims() != null && principal.claims().has(name, value);
        }
    }

    /** The one that a client certificate is made out to. */
    record CertificateSubject(X500Principal name) implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.certificate() != null
                    && principal.certificate().subject().equals(name);
        }
    }

    /** Those with that name among the alternative names of their certificate. */
    record CertificateName(String name) implements Who {
        @Override
        public boolean matches(Principal principal) {
            return principal.certificate() != null
                    && principal.certificate().names().contains(name);
        }
    }
}
