package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    static Stream<Arguments> understood() {
        return Stream.of(
                Arguments.of("--config a.conf", new Command.Serve(Path.of("a.conf"))),
                Arguments.of("--config=a.conf", new Command.Serve(Path.of("a.conf"))),
                Arguments.of("--check a.yaml", new Command.Check(Path.of("a.yaml"), false)),
                Arguments.of("--check a.yaml --strict", new Command.Check(Path.of("a.yaml"), true)),
                Arguments.of("--print a.conf", new Command.Print(Path.of("a.conf"))),
                Arguments.of(
                        "--balance http://a:8000,http://b:8001",
                        new Command.Balance(List.of("http://a:8000", "http://b:8001"), "127.0.0.1:8080")),
                Arguments.of(
                        "--balance http://a --port 9000", new Command.Balance(List.of("http://a"), "127.0.0.1:9000")),
                Arguments.of("--demo", new Command.Demo("127.0.0.1:8080")),
                Arguments.of("--demo --port 0", new Command.Demo("127.0.0.1:0")),
                Arguments.of("--demo --address 0.0.0.0", new Command.Demo("0.0.0.0:8080")),
                Arguments.of("--demo --address ::1 --port 1", new Command.Demo("[::1]:1")),
                Arguments.of(
                        "--explain a.conf http://h/ -H A:b -H C:d --client 192.0.2.1 --json --show-secrets",
                        new Command.Explain(
                                Path.of("a.conf"), "http://h/", List.of("A:b", "C:d"), "192.0.2.1", true, true)),
                Arguments.of(
                        "--explain a.conf http://h/",
                        new Command.Explain(Path.of("a.conf"), "http://h/", List.of(), "127.0.0.1", false, false)),
                Arguments.of(
                        "--diff a.conf b.conf",
                        new Command.Diff(
                                Path.of("a.conf"), Path.of("b.conf"), Optional.empty(), List.of(), "127.0.0.1")),
                Arguments.of(
                        "--diff a.conf b.conf http://h/ -H A:b --client 192.0.2.1",
                        new Command.Diff(
                                Path.of("a.conf"),
                                Path.of("b.conf"),
                                Optional.of("http://h/"),
                                List.of("A:b"),
                                "192.0.2.1")),
                Arguments.of("--help", new Command.Help()),
                Arguments.of("--version", new Command.Version()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understood")
    void knowsEveryCommand(String line, Command expected) throws Exception {
        assertThat(CommandLine.parse(line.split(" "))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --config                  | Missing argument for option: config
            --nonsense                | Unrecognized option: --nonsense
            --conf a.conf             | Unrecognized option: --conf
            a.conf                    | 'a.conf' is not an option
            --config a --strict       | --strict goes with --check
            --check a --print b       | --check and --print cannot stand together
            --port 80                 | say what to do, for example --config FILE or --demo
            --config a --port 80      | --port goes with --balance and --demo; in a configuration, write Listen
            --check a --address ::    | --address goes with --balance and --demo; in a configuration, write Listen
            --explain a.conf          | --explain FILE needs a request behind it, for example 'GET https://www.example.com/'
            --explain a GET http://h/ | 'http://h/' is one request too many; put METHOD and URL between quotes
            --check a --json          | --json goes with --explain
            --diff a.conf             | --diff (expected: --diff OLD NEW, and at most one request between quotes)
            --diff a b --json         | --json goes with --explain
            --demo -H A:b             | -H goes with --explain
            --demo --port eighty      | --port 'eighty' (expected: 0 to 65535)
            --demo --port 65536       | --port '65536' (expected: 0 to 65535)
            """)
    void saysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> CommandLine.parse(line.split(" ")))
                .isInstanceOf(CommandLine.UsageException.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyCommandLineIsAUsageError() {
        assertThatThrownBy(() -> CommandLine.parse()).isInstanceOf(CommandLine.UsageException.class);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(CommandLine.help())
                .contains("--config", "--balance", "--demo", "--port", "--check", "--print", "--version", "--help");
    }
}
