package org.fairlead.spring;

import org.fairlead.api.InvalidConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Failure analyzer of Spring Boot's: a refused configuration is told problem by problem, without a stack trace. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        return new FailureAnalysis(
                "Fairlead's configuration is refused:\n\n    " + String.join("\n    ", cause.problems()),
                "Correct the properties that are named; each message says what is allowed.",
                cause);
    }
}
