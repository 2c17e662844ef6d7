package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.Requirement.Group;
import org.fairlead.model.Requirement.Logic;

/**
 * Access rules: the lines of mod_authz_core, mod_access_compat, mod_authn_core and related modules in one section, or
 * in all sections that contain a path. {@link #merge} merges as the modules do, each in its own way.
 *
 * @param requirement the {@code Require} lines; a group of logic ANY, except where sections were merged
 * @param merging {@code AuthMerging}
 * @param forbidsOnFailure {@code AuthzSendForbiddenOnFailure}, default off: an unauthorized user gets 403, not 401
 * @param old {@code Order}, {@code Allow}, {@code Deny}, {@code Satisfy}
 * @param authentication {@code AuthType}
 * @param realm {@code AuthName}
 * @param userFile {@code AuthUserFile}
 * @param groupFile {@code AuthGroupFile}
 * @param tokenFile {@code AuthTokenFile}; not httpd's
 * @param tls {@code SSLRequireSSL} and {@code SSLRequire}
 */
public record AccessConfig(
        Optional<Group> requirement,
        Optional<Merging> merging,
        Optional<Boolean> forbidsOnFailure,
        Optional<CompatAccessConfig> old,
        Optional<Authentication> authentication,
        Optional<String> realm,
        Optional<Path> userFile,
        Optional<Path> groupFile,
        Optional<Path> tokenFile,
        TlsAccess tls) {
    /** No rules: all clients are admitted. */
    public static final AccessConfig NONE = new AccessConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            TlsAccess.NONE);

    public AccessConfig {
        old = old.flatMap(CompatAccessConfig::of);
    }

    /** {@code AuthMerging}: what becomes of the requirements of the sections before. */
    public enum Merging {
        /** They are replaced; httpd's default. */
        OFF,
        /** Both must be met. */
        AND,
        /** One of them must be met. */
        OR
    }

    /** {@code AuthType}: the authentication scheme of clients. */
    public enum Authentication {
        /** No authentication; the default. */
        NONE,
        /** RFC 7617. */
        BASIC
    }

    /** Whether it is as {@link #NONE}; each section is asked, and this needs no {@code equals} made at a start. */
    public boolean saysNothing() {
        return !tls.asks()
                && requirement.isEmpty()
                && merging.isEmpty()
                && forbidsOnFailure.isEmpty()
                && old.isEmpty()
                && authentication.isEmpty()
                && realm.isEmpty()
                && userFile.isEmpty()
                && groupFile.isEmpty()
                && tokenFile.isEmpty();
    }

    /** Whether the operator has configured any access rule; {@code Require all granted} is one too. */
    public boolean restricts() {
        return requirement.isPresent()
                || old.isPresent()
                || authentication.filter(type -> type != Authentication.NONE).isPresent();
    }

    /** Whether it takes more than a glance to let a client in. */
    public boolean asks() {
        return tls.asks()
                || requirement.isPresent()
                || old.isPresent()
                || authentication.filter(type -> type != Authentication.NONE).isPresent();
    }

    /** Returns what holds where {@code over} is the more specific section. */
    public AccessConfig merge(AccessConfig over) {
        if (over.saysNothing()) {
            return this;
        }
        return new AccessConfig(
                mergedRequirement(over),
                over.merging,
                over.forbidsOnFailure.or(() -> forbidsOnFailure),
                over.old.or(() -> old),
                over.authentication.or(() -> authentication),
                over.realm.or(() -> realm),
                over.userFile.or(() -> userFile),
                over.groupFile.or(() -> groupFile),
                over.tokenFile.or(() -> tokenFile),
                tls.and(over.tls));
    }

    /** As merge_authz_core_dir_config: a section without Require or AuthMerging leaves the one before as it is. */
    private Optional<Group> mergedRequirement(AccessConfig over) {
        if (over.merging.isEmpty() && over.requirement.isEmpty()) {
            return requirement;
        }
        Merging how = over.merging.orElse(Merging.OFF);
        if (how == Merging.OFF) {
            return over.requirement;
        }
        if (requirement.isEmpty() || over.requirement.isEmpty()) {
            return requirement.or(() -> over.requirement);
        }
        Logic logic = how == Merging.AND ? Logic.ALL : Logic.ANY;
        return Optional.of(new Group(logic, List.of(requirement.get(), over.requirement.get())));
    }
}
