package org.fairlead.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.fairlead.access.AccessControl;
import org.fairlead.access.NameService;
import org.fairlead.access.Passwords;

/** Access control where nobody has a name or a password. */
final class NoLogin {
    static final AccessControl ACCESS =
            new AccessControl((password, hash) -> Passwords.Outcome.UNSUPPORTED, new NameService() {
                @Override
                public Optional<String> name(InetAddress address) {
                    return Optional.empty();
                }

                @Override
                public List<InetAddress> addresses(String name) {
                    return List.of();
                }
            });

    private NoLogin() {}
}
