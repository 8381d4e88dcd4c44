package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FindingsTest {
    private static final Load REGISTER = Load.udp(Load.Kind.REGISTER, 100, 1);

    private static Figure figure(String peer, double micros, long failed) {
        return new Figure(REGISTER, peer, new Played(100, failed, 0, List.of()), new Usage(micros * 100, 0, 50), 1.5);
    }

    @Test
    void ninetyNineOfAHundred() {
        List<Double> millis =
                IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();
        Played played = new Played(200, 0, 0, millis);
        assertThat(played.percentile(50)).isEqualTo(100);
        assertThat(played.percentile(99)).isEqualTo(198);
        assertThat(new Played(0, 0, 0, List.of()).percentile(99)).isNaN();
    }

    @Test
    void theMiddleRoundIsTold() {
        assertThat(Findings.median(List.of(9.0, 1.0, 4.0))).isEqualTo(4);
        assertThat(Findings.median(List.of(9.0, 1.0))).isEqualTo(5);
    }

    @Test
    void aFigureIsForEachAttemptThatSucceeded() {
        assertThat(figure("Sipring", 30, 0).micros()).isEqualTo(30);
        assertThat(figure("Sipring", 30, 0).switches()).isEqualTo(0.5);
    }

    @Test
    void theReportTellsTheRatioAndWhoFailed() {
        Findings findings = new Findings();
        findings.rounds.addAll(List.of(figure("Sipring", 30, 0), figure("Kamailio", 20, 2)));
        Machine machine = new Machine("2 x some", "Linux", "OpenJDK", "kamailio", "0.1");

        String report = Report.of(findings, Plan.QUICK, machine);

        assertThat(report).contains("| REGISTER, UDP | 100/s | 30 (0) | 20 (0) | 1.50 | 0.5 / 0.5 | 0 / 2 | 1.5 |");
    }

    @Test
    void aPlatformOfSeveralNodesHasATableOfItsOwn() {
        Findings findings = new Findings();
        findings.rounds.add(new Figure(
                REGISTER.among(3), "Sipring, 3 nodes", new Played(10, 1, 0, List.of()), new Usage(900, 100, 20), 0));

        String report = Report.of(findings, Plan.QUICK, new Machine("2 x some", "Linux", "OpenJDK", "kamailio", "0.1"));

        assertThat(report).contains("| REGISTER, UDP | 3 | 100/s | 100 (10) | 2.0 | 1 |");
    }

    @Test
    void thePauseAtHalfOfWhatItBearsIsTold() {
        Findings findings = new Findings();
        findings.curve.addAll(List.of(at(100, 0, 3), at(200, 0, 7.25), at(400, 0, 30), at(500, 1, 90), at(600, 0, 40)));

        String report = Report.of(findings, Plan.QUICK, new Machine("2 x some", "Linux", "OpenJDK", "kamailio", "0.1"));

        assertThat(report)
                .contains("Sipring failed nothing up to 400 a second;"
                        + " up to half of that, its longest pause for garbage was 7.3 ms.");
    }

    private static Figure at(int rate, long failed, double pause) {
        Load load = Load.udp(Load.Kind.REGISTER, rate, 1);
        return new Figure(load, "Sipring", new Played(rate, failed, 0, List.of()), new Usage(0, 0, 0), pause);
    }

    @Test
    void theReportTellsWhereTheTimeGoes() {
        Findings findings = new Findings();
        findings.profiles.add(new Profile(
                REGISTER, Map.of("SIP loops", 12.4, "others", 1.0), Map.of("sip", 0.25, "proxy.core", 0.75)));

        String report = Report.of(findings, Plan.QUICK, new Machine("2 x some", "Linux", "OpenJDK", "kamailio", "0.1"));

        assertThat(report)
                .contains("| load | SIP loops | others |", "| REGISTER, UDP | 12 | 1 |")
                .contains("* REGISTER, UDP: proxy.core 75 %, sip 25 %");
    }

    @Test
    void whatOneTransportRegisteredIsNotCalledOverTheOther() {
        Plan plan = new Plan(
                List.of(
                        REGISTER,
                        Load.udp(Load.Kind.CALL, 1, 1),
                        Load.tcp(Load.Kind.CALL, 1, 1),
                        Load.udp(Load.Kind.REGISTER_DIGEST, 1, 1),
                        REGISTER.among(3)),
                1,
                1,
                1,
                List.of(),
                0,
                0);
        assertThat(plan.stages()).extracting(List::size).containsExactly(2, 1, 1, 1);
    }

    @Test
    void ofEveryProcessSomethingIsTold() {
        Usage used = Usage.of(List.of(ProcessHandle.current().pid()));
        assertThat(used.user()).isPositive();
        assertThat(used.switches()).isPositive();
    }
}
