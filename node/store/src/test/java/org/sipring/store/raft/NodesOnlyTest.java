package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.Identity;

/** Who judges the callers of a replica. */
final class NodesOnlyTest {
    private final List<Object> listeners = new ArrayList<>();

    @Test
    void aReplicaThatIsClosedLeavesNoListenerBehind() {
        NodesOnly door = new NodesOnly(identity());
        assertThat(listeners).hasSize(1);

        door.close();

        assertThat(listeners).isEmpty();
    }

    private Identity identity() {
        return (Identity) Proxy.newProxyInstance(
                Identity.class.getClassLoader(), new Class<?>[] {Identity.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("onChange");
                    listeners.add(arguments[0]);
                    return (Identity.Hearing) () -> listeners.remove(arguments[0]);
                });
    }
}
