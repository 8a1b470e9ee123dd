package io.sluice.auth.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may do what. What no grant gives is denied; without grants, whoever is let in may do everything. */
public final class Grants {
    /** Of a gateway that does not distinguish callers. */
    public static final Grants EVERYTHING = new Grants(null);

    private final @Nullable List<Grant> grants;

    private Grants(@Nullable List<Grant> grants) {
        this.grants = grants;
    }

    static Grants of(List<Grant> grants) {
        return new Grants(List.copyOf(grants));
    }

    /** Whether callers are not told apart. */
    boolean giveEverything() {
        return grants == null;
    }

    /** Whether there is something that callers may do without saying who they are. */
    boolean nameAnybody() {
        return hasAnyTo(Set.of(Who.Anybody.class));
    }

    /** Whether one is for the holders of bearer tokens. */
    public boolean nameBearers() {
        return hasAnyTo(Set.of(Who.Subject.class, Who.HasClaim.class));
    }

    /** Whether one is for the holders of client certificates. */
    public boolean nameCertificates() {
        return hasAnyTo(Set.of(Who.CertificateSubject.class, Who.CertificateName.class));
    }

    /** Whether one is for those who know the {@code dapr-api-token}. */
    public boolean nameApiToken() {
        return hasAnyTo(Set.of(Who.HasApiToken.class));
    }

    /** The bindings that are named in full, so that names which nobody has can be told. */
    public Set<String> bindings() {
        return all().stream()
                .flatMap(grant -> grant.ofBindings().values().stream())
                .flatMap(List::stream)
                .filter(Grant.BindingName::isOne)
                .map(Grant.BindingName::text)
                .collect(Collectors.toSet());
    }

    boolean give(Principal principal, Right right) {
        return grants == null || grants.stream().anyMatch(grant -> grant.gives(right) && grant.isTo(principal));
    }

    boolean give(Principal principal, Right right, String binding) {
        return grants == null
                || grants.stream().anyMatch(grant -> grant.gives(right, binding) && grant.isTo(principal));
    }

    private boolean hasAnyTo(Set<Class<? extends Who>> kinds) {
        return all().stream().flatMap(grant -> grant.to().stream()).anyMatch(who -> kinds.contains(who.getClass()));
    }

    private List<Grant> all() {
        return grants == null ? List.of() : grants;
    }
}
