package org.fairlead.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The schema of the configuration tree: the names allowed in each place, against which the parameters of every format
 * are checked.
 */
final class Schema {
    /** What a name stands for. */
    private enum Kind {
        /** A text; several of one name are a contradiction in a native format. */
        ONE,
        /** A text that may be repeated: a list in a native format. */
        LIST,
        /** A section or a directive of several words: it has entries of its own. */
        SECTION
    }

    private static final String MEMBER_WORDS = "loadfactor lbset route redirect status retry upgrade resolve "
            + "min max smax ttl acquire queue connectiontimeout timeout ping keepalive disablereuse enablereuse addressttl "
            + "iobuffersize receivebuffersize responsefieldsize flushpackets flushwait flusher multipathtcp secret "
            + "hctemplate hcmethod hcinterval hcpasses hcfails hcuri hcexpr hctimeout";
    private static final String BALANCER_WORDS = "lbmethod stickysession stickysessionsep scolonpathdelim stickycookie "
            + "nofailover maxattempts forcerecovery failonstatus failontimeout timeout growth nonce "
            + "slowstart ejectafter ejecttime maxejected panicthreshold retrybudget hashkey";

    /** What a member takes ({@code BalancerMember}, {@code ProxyPass} to a member, {@code ProxySet} of one). */
    static final Set<String> MEMBER_PARAMETERS = Set.of(MEMBER_WORDS.split(" "));
    /** What a balancer takes ({@code ProxySet}, {@code ProxyPass} to one). */
    static final Set<String> BALANCER_PARAMETERS = Set.of(BALANCER_WORDS.split(" "));

    private static final String MEMBER_TLS = "SSLProxyEngine SSLProxyVerify SSLProxyCheckPeerName SSLProxyCheckPeerCN "
            + "SSLProxyCheckPeerExpire SSLProxyCACertificateFile SSLProxyCACertificatePath "
            + "SSLProxyCARevocationFile SSLProxyCARevocationPath SSLProxyCARevocationCheck "
            + "SSLProxyMachineCertificateFile SSLProxyProtocol";
    private static final String CLIENT_TLS = "SSLVerifyClient SSLVerifyDepth SSLCACertificateFile SSLCACertificatePath "
            + "SSLCADNRequestFile SSLCARevocationFile SSLCARevocationPath SSLCARevocationCheck";
    private static final String PER_PATH =
            "ProxyPreserveHost ProxyAddHeaders TraceContext ProxyErrorOverride LimitRequestBody SetHandler RedirectRelative "
                    + "UseCanonicalName UseCanonicalPhysicalPort RewriteEngine AddDefaultCharset ExpiresActive ExpiresDefault "
                    + "SetOutputFilter SubstituteMaxLineLength SubstituteInheritBefore MaxRanges MaxRangeOverlaps MaxRangeReversals RewriteBase";
    private static final String AUTHENTICATION =
            "AuthType AuthName AuthUserFile AuthGroupFile AuthTokenFile AuthBasicProvider AuthMerging AuthzSendForbiddenOnFailure "
                    + "SSLRequireSSL SSLVerifyClient";
    private static final String OLD_ACCESS = "Order Satisfy";
    private static final String ACCESS_LISTS = "Require Allow Deny SSLRequire";
    private static final String REQUIRE_SECTIONS = "RequireAll RequireAny RequireNone";
    private static final String PER_HOST =
            "ServerName ProxyVia ProxyStatus BalancerPersist RemoteIPHeader RemoteIPProxiesHeader RemoteIPProxyProtocol AllowEncodedSlashes ProxyMaxForwards ProxyTimeout Timeout "
                    + "ProxySourceAddress ProxyIOBufferSize ProxyReceiveBufferSize BalancerInherit ProxyPassInherit DocumentRoot "
                    + "ProxyRequests DeflateCompressionLevel DeflateAlterETag SSLEngine SSLCertificateChainFile SSLProtocol SSLHonorCipherOrder SSLSessionTickets SSLUseStapling Protocols BufferedLogs "
                    + CLIENT_TLS
                    + " " + MEMBER_TLS
                    + " " + PER_PATH;
    private static final String PATH_LISTS = "SSLOptions RemoveOutputFilter Substitute ";
    private static final String HOST_LISTS = PATH_LISTS
            + "SSLCertificateFile SSLCertificateKeyFile SSLCipherSuite SSLOpenSSLConfCmd SSLProxyCipherSuite NoProxy RewriteOptions "
            + "RemoteIPInternalProxy RemoteIPTrustedProxy RemoteIPInternalProxyList RemoteIPTrustedProxyList RemoteIPProxyProtocolExceptions TransferLog";
    private static final String PATH_RULES =
            "Header RequestHeader ErrorDocument ExpiresByType AddOutputFilterByType AddOutputFilter Redirect SetEnv SetEnvIf If";
    private static final String PATH_SECTIONS =
            "ProxyPass ProxyPassMatch ProxyPassReverse ProxyPassReverseCookieDomain ProxyPassReverseCookiePath "
                    + PATH_RULES;
    private static final String HOST_SECTIONS =
            "Location Proxy BalancerMember ProxySet Alias DeflateFilterNote ProxyHCTemplate ProxyHCExpr ProxyRemote RewriteMap RewriteRule CustomLog LogFormat "
                    + PATH_SECTIONS;
    private static final String CONNECTION = "KeepAlive KeepAliveTimeout MaxKeepAliveRequests LimitRequestLine "
            + "LimitRequestFieldSize LimitRequestFields RequestReadTimeout TraceEnable "
            + "H2MaxSessionStreams H2WindowSize H2StreamTimeout";
    private static final String SERVER = "MaxRequestWorkers MaxConnections MaxConnectionsPerChild ListenBacklog "
            + "GracefulShutdownTimeout ExtendedStatus AuditLog StateFile RequestRecorder ProxyHCTPsize SSLPassPhraseDialog ConfigReload "
            + CONNECTION;

    private static final Map<String, Schema> ALL = new LinkedHashMap<>();

    static {
        ALL.put(
                "",
                new Schema(SERVER + " " + PER_HOST, "Listen " + HOST_LISTS, "VirtualHost GlobalLog " + HOST_SECTIONS));
        ALL.put(
                "virtualhost",
                new Schema(CONNECTION + " " + PER_HOST, "address ServerAlias " + HOST_LISTS, HOST_SECTIONS));
        String access = " " + AUTHENTICATION + " " + OLD_ACCESS;
        String accessSections = " Limit LimitExcept " + REQUIRE_SECTIONS;
        ALL.put(
                "location",
                new Schema(
                        "path regex " + PER_PATH + access,
                        PATH_LISTS + "RewriteOptions " + ACCESS_LISTS,
                        "RewriteRule " + PATH_SECTIONS + accessSections));
        for (String limit : List.of("limit", "limitexcept")) {
            ALL.put(
                    limit,
                    new Schema("methods" + access.replace(" SSLVerifyClient", ""), ACCESS_LISTS, REQUIRE_SECTIONS));
        }
        for (String group : List.of("requireall", "requireany", "requirenone")) {
            ALL.put(group, new Schema("", "Require", REQUIRE_SECTIONS));
        }
        ALL.put(
                "proxy",
                new Schema(
                        "url regex " + PER_PATH + access + " " + MEMBER_TLS + " " + MEMBER_WORDS + " " + BALANCER_WORDS,
                        PATH_LISTS + "SSLProxyCipherSuite " + ACCESS_LISTS,
                        "BalancerMember " + PATH_SECTIONS + accessSections));
        ALL.put(
                "if",
                new Schema(
                        "expression " + PER_PATH + access,
                        PATH_LISTS + ACCESS_LISTS,
                        PATH_RULES + accessSections + " ElseIf Else"));
        ALL.put(
                "elseif",
                new Schema("expression " + PER_PATH + access, PATH_LISTS + ACCESS_LISTS, PATH_RULES + accessSections));
        ALL.put("else", new Schema(PER_PATH + access, PATH_LISTS + ACCESS_LISTS, PATH_RULES + accessSections));
        ALL.put("customlog", new Schema("file format env expr", "", ""));
        ALL.put("globallog", new Schema("file format env expr", "", ""));
        ALL.put("logformat", new Schema("format name", "", ""));
        ALL.put("redirect", new Schema("status path url regex", "", ""));
        ALL.put("setenv", new Schema("name value unset pass", "", ""));
        ALL.put("setenvif", new Schema("attribute pattern nocase expression", "set", ""));
        ALL.put("balancermember", new Schema("url balancer " + MEMBER_WORDS, "", ""));
        ALL.put("proxyset", new Schema("url " + MEMBER_WORDS + " " + BALANCER_WORDS, "", ""));
        String pass = "path url nocanon interpolate noquery mapping " + MEMBER_WORDS + " " + BALANCER_WORDS;
        ALL.put("proxypass", new Schema(pass + " regex", "", ""));
        ALL.put("proxypassmatch", new Schema(pass, "", ""));
        ALL.put("proxypassreverse", new Schema("path url interpolate", "", ""));
        ALL.put("proxypassreversecookiedomain", new Schema("internal public interpolate", "", ""));
        ALL.put("proxypassreversecookiepath", new Schema("internal public interpolate", "", ""));
        ALL.put("header", new Schema("action name value pattern env expr always early", "", ""));
        ALL.put("requestheader", new Schema("action name value pattern env expr early", "", ""));
        ALL.put("errordocument", new Schema("status document text", "", ""));
        ALL.put("expiresbytype", new Schema("type expiry", "", ""));
        ALL.put("addoutputfilterbytype", new Schema("filter", "type", ""));
        ALL.put("addoutputfilter", new Schema("filter", "extension", ""));
        ALL.put("deflatefilternote", new Schema("type note", "", ""));
        ALL.put("alias", new Schema("path file", "", ""));
        ALL.put(
                "proxyhctemplate",
                new Schema("name hctemplate hcmethod hcinterval hcpasses hcfails hcuri hcexpr hctimeout", "", ""));
        ALL.put("rewritemap", new Schema("name source", "", ""));
        ALL.put("rewriterule", new Schema("pattern substitution flags", "", "RewriteCond"));
        ALL.put("rewritecond", new Schema("test pattern flags", "", ""));
        ALL.put("proxyhcexpr", new Schema("name expression", "", ""));
        ALL.put("proxyremote", new Schema("match url credentials", "", ""));
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, String> spellings = new TreeMap<>();

    private Schema(String one, String list, String sections) {
        add(one, Kind.ONE);
        add(list, Kind.LIST);
        add(sections, Kind.SECTION);
    }

    private void add(String words, Kind kind) {
        for (String word : words.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                String name = word.toLowerCase(Locale.ROOT);
                kinds.put(name, kind);
                spellings.put(name, word);
            }
        }
    }

    /** A name in a section (empty: outside any) as httpd's manual writes it, for messages. */
    static String spelling(String section, String name) {
        return Optional.ofNullable(ALL.get(section))
                .map(s -> s.spellings.get(name))
                .orElse(name);
    }

    /** What a virtual host may say in httpd, though here it holds for every connection. */
    static boolean isOfConnection(String name) {
        return List.of(CONNECTION.toLowerCase(Locale.ROOT).split(" ")).contains(name);
    }

    /** The sections and the directives of several words; the empty name stands for what is outside any. */
    static Set<String> sections() {
        return Set.copyOf(ALL.keySet());
    }

    /** Whether it is a directive that a {@code <Location>} may say, and a {@code <Proxy>} not. */
    static boolean isOfLocationOnly(String name) {
        return name.startsWith("proxypass") || name.equals("sethandler");
    }

    /** Everything that may stand in a section, in lower case; empty for none of that name. */
    static Set<String> names(String section) {
        return Optional.ofNullable(ALL.get(section)).map(s -> s.kinds.keySet()).orElse(Set.of());
    }

    static boolean knows(String section, String name) {
        return names(section).contains(name);
    }

    static boolean isSection(String name) {
        return !name.isEmpty() && ALL.containsKey(name);
    }

    /** Whether this name may stand several times in that section, so that it is written as a list. */
    static boolean isRepeatable(String section, String name) {
        return Optional.ofNullable(ALL.get(section))
                .map(s -> s.kinds.getOrDefault(name, Kind.ONE) != Kind.ONE)
                .orElse(false);
    }

    /**
     * Tells of every name that may not stand where it stands.
     *
     * @param strict also reports a value that is given twice, which httpd's syntax allows (the last one counts)
     */
    static void check(Entry root, boolean strict, Problems problems) {
        check(root, "", strict, problems);
    }

    private static void check(Entry parent, String section, boolean strict, Problems problems) {
        Schema schema = ALL.get(section);
        Collection<String> seen = new ArrayList<>();
        for (Entry entry : parent.entries()) {
            Kind kind = schema.kinds.get(entry.name());
            if (kind == null) {
                problems.error(entry.source(), unknown(entry, section, schema));
            } else if (kind == Kind.SECTION) {
                checkSection(entry, strict, problems);
            } else if (!entry.entries().isEmpty()) {
                problems.settle(entry.source(), entry.spelling() + " (expected: a value, not keys of its own)");
            } else if (kind == Kind.ONE && strict && seen.contains(entry.name())) {
                problems.error(entry.source(), entry.spelling() + " (expected: one value, not several)");
            }
            seen.add(entry.name());
        }
    }

    private static void checkSection(Entry entry, boolean strict, Problems problems) {
        boolean shorthand = entry.hasValue() && entry.name().equals("balancermember");
        if (entry.hasValue() && !shorthand) {
            problems.settle(
                    entry.source(),
                    entry.spelling() + " '" + Quoted.of(entry.value()) + "' (expected: keys of its own, such as "
                            + ALL.get(entry.name()).kinds.keySet().stream()
                                    .limit(3)
                                    .collect(Collectors.joining(", "))
                            + ")");
        } else {
            check(entry, entry.name(), strict, problems);
        }
    }

    private static String unknown(Entry entry, String section, Schema schema) {
        String where = section.isEmpty() ? "" : " in " + spelled(section);
        String what = Quoted.of(entry.name()) + ": unknown" + where;
        if (entry.name().equals("include")) {
            return what + " (expected: one file; only httpd's syntax includes others)";
        }
        return DidYouMean.of(entry.name(), schema.kinds.keySet())
                .map(name -> what + " (expected: " + schema.spellings.get(name) + "?)")
                .orElseGet(() -> elsewhere(entry.name())
                        .map(place -> what + " (expected: " + place + ")")
                        .orElse(what));
    }

    /** A section's own name as httpd's manual writes it. */
    static String spelled(String section) {
        return ALL.values().stream()
                .flatMap(s -> Optional.ofNullable(s.spellings.get(section)).stream())
                .findFirst()
                .orElse(section);
    }

    private static Optional<String> elsewhere(String name) {
        return ALL.entrySet().stream()
                .filter(e -> e.getValue().kinds.containsKey(name))
                .map(e -> e.getKey().isEmpty() ? "outside any section" : "inside " + spelled(e.getKey()))
                .findFirst();
    }
}
