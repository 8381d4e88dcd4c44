package org.sipring.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.app.demo.DemoDirectory;
import org.sipring.app.node.ControlKey;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.status.ControlPoint;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.Refusal;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.settings.HostPort;
import org.sipring.runtime.settings.HttpSettings;
import org.sipring.runtime.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which platform a command talks to: {@code --dir} for a demo, {@code --identity} elsewhere, with the
 * {@code --config} that the node runs with where that moves its pages. */
final class PlatformOption {
    @Option(names = "--dir", paramLabel = "DIR", description = "the platform that './sipring demo' runs in DIR")
    private @Nullable Path dir;

    @Option(names = "--identity", paramLabel = "DIR", description = "a node's identity folder")
    private @Nullable Path identity;

    @Mixin
    private SettingsOption configuration = new SettingsOption();

    /** {@code address:port} of nodes to ask over HTTP, in the order to try. */
    List<String> httpAuthorities() throws Refusal, IOException {
        return controlPoints().stream().map(ControlPoint::authority).toList();
    }

    /** Nodes that take commands, in the order to try. */
    List<ControlPoint> controlPoints() throws Refusal, IOException {
        if (identity != null) {
            return List.of(controlPoint(identity));
        }
        List<ControlPoint> nodes = new ArrayList<>();
        for (JsonNode node : DemoDirectory.contract(demo()).path("nodes")) {
            Path data = DemoDirectory.data(demo(), node.path("id").asText());
            nodes.add(new ControlPoint(node.path("address").asText() + ":" + HttpSettings.PORT, ControlKey.file(data)));
        }
        return nodes;
    }

    private ControlPoint controlPoint(Path dir) throws Refusal {
        Settings settings = configuration.read(IdentityFolder.load(dir, SystemTime.clock()), dir);
        String authority =
                new HostPort(settings.node().address(), settings.http().port()).toString();
        return new ControlPoint(authority, ControlKey.file(settings.node().dataDir()));
    }

    /** The demo's folder. */
    Path demo() {
        if (dir == null) {
            throw new CommandFailure("say which platform: --dir DIR for a demo, --identity DIR elsewhere");
        }
        return dir;
    }
}
