package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, driven by its chromedriver; one page at a time. One thread. */
final class Chromium implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What axe-core finds, a line each: the rule, why, and where; empty = nothing. */
    private static final String AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
                found => done(found.violations.flatMap(rule => rule.nodes.map(
                    node => rule.id + ': ' + node.failureSummary + ' in ' + node.html)).join('\\n')),
                problem => done(String(problem)));
            """;

    private final ChromeDriver driver;
    private final List<ProcessHandle> processes;

    private Chromium(ChromeDriver driver, List<ProcessHandle> processes) {
        this.driver = driver;
        this.processes = processes;
    }

    /** Skips the test, loudly, where the browser is missing: such a run has looked at no page. */
    static void assumeInstalled() {
        boolean installed = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        if (!installed) {
            System.err.println("SKIPPED: no " + BROWSER + " and " + DRIVER + ", so no page was seen in a browser"
                    + " (apt-get install chromium chromium-driver)");
        }
        Assumptions.assumeTrue(installed, "chromium and chromedriver are installed");
    }

    static Chromium start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-proxy-server",
                "--user-data-dir=" + Leftovers.directory("chromium"));
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
        List<ProcessHandle> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("chrom"))
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(processes), "end-chromium"));
        return new Chromium(driver, processes);
    }

    /** Sets the width of the window in CSS pixels, and the colour scheme: {@code light} or {@code dark}. */
    Chromium seenAs(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Switches the scripts of pages on or off. */
    Chromium scripts(boolean on) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
        return this;
    }

    Chromium open(String url) {
        driver.get(url);
        return this;
    }

    String url() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    String text() {
        return text("body");
    }

    /** Returns an element's text; one that the next page or the page's script has just replaced is read again. */
    String text(String css) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> find(css).getText(), Objects::nonNull);
    }

    /** Runs a script in the page and returns its value. */
    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Moves the focus by the tab key until it is on an element with this text, and presses enter. */
    void enterByKeyboard(String text) {
        tabTo(text);
        press(Keys.ENTER);
    }

    /** Moves the focus by the tab key until it is on an element whose text, label or name begins so. */
    void tabTo(String text) {
        for (int i = 0; i < 200; i++) {
            press(Keys.TAB);
            String focused = (String) run("const e = document.activeElement;"
                    + " return (e.innerText || e.getAttribute('aria-label') || e.name || '').trim()");
            if (focused.startsWith(text)) {
                return;
            }
        }
        throw new AssertionError("no stop of the tab key at '" + text + "' in " + url());
    }

    /** Returns the violations that axe-core finds on the page; empty = none. */
    String violations() {
        try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; window.axe = axe;");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (String) driver.executeAsyncScript(AXE);
    }

    /** Returns what the browser's console said since the last call: errors of scripts, and breaches of the policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Writes a picture of the whole page. */
    void picture(Path file) {
        try {
            long height = (Long) run("return Math.min(4000, document.documentElement.scrollHeight)");
            long width = (Long) run("return window.innerWidth");
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            end(processes);
        }
    }

    private static void end(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
    }
}
