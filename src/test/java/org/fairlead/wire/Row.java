package org.fairlead.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * One case of the table: what the client sends, what the member answers, and which ends are right.
 *
 * <p>Written as a sentence: {@code row(name, source).sends(…).replies(…).refused(400)}. Every {@code refused},
 * {@code passes} or {@code answers} begins another end that is right as well. A row that needs more than one message
 * each way has a {@link #run play} of its own.
 */
final class Row {
    private String name;
    private final String source;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Reply> repliesOfB = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private Setup setup = Setup.PLAIN;
    private String request = "GET /p HTTP/1.1|Host: h||";
    private boolean finishes;
    private boolean settles;
    private boolean containersOwn;
    private boolean differsInHttpd;
    private Play play = CaseRunner::dialogue;

    private Row(String name, String source) {
        this.name = name;
        this.source = source;
    }

    /** A case that is more than one message each way. */
    @FunctionalInterface
    interface Play {
        void on(CaseRunner stage) throws Exception;
    }

    /** Begins a row; the source is an RFC's section, a CVE or a page of httpd's manual. */
    static Row row(String name, String source) {
        return new Row(name, source);
    }

    Row sends(String notation) {
        request = notation;
        return this;
    }

    /** The client half-closes behind its bytes. */
    Row finishes() {
        finishes = true;
        return this;
    }

    /** The client asks for more only when the member has sent all that it has to send. */
    Row settles() {
        settles = true;
        return this;
    }

    Row replies(String notation) {
        return replies(Reply.of(notation));
    }

    Row replies(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** The second member's answer. */
    Row repliesOfB(Reply reply) {
        repliesOfB.add(reply);
        return this;
    }

    Row under(Setup other) {
        setup = other;
        return this;
    }

    /** Says in the name that this is about what a member answers. */
    Row asAnswer() {
        name = "answer: " + name;
        return this;
    }

    /** The container's own parser answers this one, so a WAR may differ from the jar. */
    Row containersOwn() {
        containersOwn = true;
        return this;
    }

    /** httpd is known to do otherwise: not run when the table is tried against it. */
    Row notAsHttpd() {
        differsInHttpd = true;
        return this;
    }

    Row run(Play other) {
        play = other;
        return this;
    }

    Row refused(int... statuses) {
        return or(Verdict.refused(statuses));
    }

    Row refusedMidway(int... statuses) {
        return or(Verdict.refusedMidway(statuses));
    }

    Row dropped() {
        return or(Verdict.dropped());
    }

    /** The members get these requests, {@code METHOD target|field||body}. */
    Row passes(String... requests) {
        return or(Verdict.requests(requests));
    }

    /** The client gets one whole answer of these statuses. */
    Row answers(int... statuses) {
        return or(Verdict.answered(statuses));
    }

    /** The client gets these responses, {@code status|field||body}. */
    Row shows(String... responses) {
        return or(Verdict.responses(responses));
    }

    /** The client can see that the answer broke off. */
    Row cuts(int status) {
        return or(Verdict.cut(status));
    }

    /** Adds to the last end: the client sees these responses. */
    Row andShows(String... responses) {
        return and(Verdict.responses(responses));
    }

    /** Adds to the last end: one whole answer of these statuses. */
    Row andAnswers(int... statuses) {
        return and(Verdict.answered(statuses));
    }

    /** Adds to the last end: the members got these requests. */
    Row andPasses(String... requests) {
        return and(Verdict.requests(requests));
    }

    Row andInterims(Integer... statuses) {
        return and(Verdict.interims(statuses));
    }

    Row closes() {
        return and(Verdict.open(false));
    }

    Row staysOpen() {
        return and(Verdict.open(true));
    }

    private Row or(Verdict verdict) {
        verdicts.add(verdict);
        return this;
    }

    private Row and(Verdict verdict) {
        verdicts.add(verdicts.remove(verdicts.size() - 1).and(verdict));
        return this;
    }

    String request() {
        return request;
    }

    boolean isSettling() {
        return settles;
    }

    boolean isFinishing() {
        return finishes;
    }

    List<Reply> replies() {
        return replies;
    }

    List<Reply> repliesOfB() {
        return repliesOfB;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    Setup setup() {
        return setup;
    }

    boolean isContainersOwn() {
        return containersOwn;
    }

    boolean isAsHttpd() {
        return !differsInHttpd;
    }

    Play play() {
        return play;
    }

    String name() {
        return name;
    }

    String source() {
        return source;
    }

    @Override
    public String toString() {
        return name + " (" + source + ")";
    }
}
