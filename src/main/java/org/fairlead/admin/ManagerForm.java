package org.fairlead.admin;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;

/**
 * The form keys of httpd's manager. As in httpd (mod_proxy_balancer, balancer_process_balancer_worker) a value out of
 * its range is ignored, and the other values of the form are applied.
 */
record ManagerForm(Parameters form) {
    private static final Map<String, StatusFlag> FLAGS = Map.of(
            "w_status_I", StatusFlag.IGNORE_ERRORS,
            "w_status_N", StatusFlag.DRAIN,
            "w_status_D", StatusFlag.DISABLED,
            "w_status_H", StatusFlag.STANDBY,
            "w_status_R", StatusFlag.SPARE,
            "w_status_S", StatusFlag.STOPPED);

    private static final int MAX_TIMEOUT_SECONDS = 7200;
    private static final int MIN_INTERVAL_MILLIS = 100;

    MemberChange member() {
        Map<StatusFlag, Boolean> flags = new EnumMap<>(StatusFlag.class);
        FLAGS.forEach((key, flag) -> form.get(key)
                .filter(value -> value.matches("-?\\d{1,9}"))
                .ifPresent(value -> flags.put(flag, Integer.parseInt(value) != 0)));
        return new MemberChange(
                flags,
                loadFactor(),
                number("w_ls", 0, 99),
                form.get("w_wr").filter(ManagerForm::isRoute),
                form.get("w_rr").filter(ManagerForm::isRoute),
                health());
    }

    private static boolean isRoute(String text) {
        return text.length() <= 95 && text.matches("[^\\s;,?&\\p{Cntrl}]*");
    }

    private OptionalInt loadFactor() {
        Optional<String> text = form.get("w_lf").filter(value -> value.matches("\\d{1,3}(\\.\\d{1,6})?"));
        int hundredths = text.map(value -> (int) Math.round(Double.parseDouble(value) * 100))
                .orElse(0);
        return hundredths >= 100 && hundredths <= 10_000 ? OptionalInt.of(hundredths) : OptionalInt.empty();
    }

    private HealthChange health() {
        Optional<String> word = form.get("w_hm");
        Optional<HealthCheckConfig.Method> method = Arrays.stream(HealthCheckConfig.Method.values())
                .filter(one -> word.filter(one.name()::equalsIgnoreCase).isPresent())
                .findFirst();
        OptionalInt interval = number("w_hi", MIN_INTERVAL_MILLIS, Integer.MAX_VALUE);
        boolean off = word.filter("NONE"::equalsIgnoreCase).isPresent();
        if (off || word.isEmpty() && interval.isEmpty()) {
            // httpd's form always sends all of them; NONE for a member without a health check changes nothing.
            return new HealthChange(
                    Optional.empty(),
                    off,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
        }
        return new HealthChange(
                method,
                false,
                interval.isPresent() ? Optional.of(Duration.ofMillis(interval.getAsInt())) : Optional.empty(),
                number("w_hp", 1, Integer.MAX_VALUE),
                number("w_hf", 1, Integer.MAX_VALUE),
                form.get("w_hu").filter(uri -> uri.length() <= 95 && (uri.isEmpty() || uri.matches("/[!-~]*"))));
    }

    BalancerChange balancer() {
        Optional<Method> method = form.get("b_lbm")
                .flatMap(word -> Arrays.stream(Method.values())
                        .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
                        .findFirst());
        OptionalInt timeout = number("b_tmo", 0, MAX_TIMEOUT_SECONDS);
        return new BalancerChange(
                method,
                timeout.isPresent() ? Optional.of(Duration.ofSeconds(timeout.getAsInt())) : Optional.empty(),
                number("b_max", 0, 99),
                form.get("b_sforce").filter(value -> value.matches("[01]")).map("0"::equals),
                form.get("b_ss").filter(names -> names.matches("-|[^\\s|;,=\"]{1,63}(\\|[^\\s|;,=\"]{1,63})?")));
    }

    /** The member to be added; empty unless the form confirms it. */
    Optional<String> added() {
        return form.get("b_nwrkr").filter(url -> !url.isEmpty() && form.is("b_wyes", "1"));
    }

    private OptionalInt number(String key, int least, int most) {
        Optional<String> text = form.get(key).filter(value -> value.matches("\\d{1,9}"));
        int value = text.map(Integer::parseInt).orElse(-1);
        return text.isPresent() && value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
