package org.sipring.overlay.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.RoleName;

/** A node of the platform was taken over: it sends the others objects that do harm while they are read. */
@Tag("acceptance")
class HostileMemberTest {
    private static final AtomicInteger HARM = new AtomicInteger();

    @TempDir
    Path directory;

    private TlsMembers members;

    @BeforeEach
    void start() throws Exception {
        members = new TlsMembers(directory, "n1", "n2");
        assertThat(members.start("n1", Set.of(RoleName.PROXY), true)).isEmpty();
        assertThat(members.start("n2", Set.of(RoleName.PROXY), false)).isEmpty();
        HARM.set(0);
    }

    @AfterEach
    void stop() {
        members.close();
    }

    @Test
    void serialisedJavaIsNotRead() {
        assertRefused(new Java());
    }

    @Test
    void anExternalizableIsNotRead() {
        assertRefused(new External());
    }

    @Test
    void aDataSerializableOfAnyClassIsNotRead() {
        assertRefused(new Named());
    }

    private void assertRefused(Callable<String> task) {
        int made = HARM.get();
        assertThatThrownBy(() -> run(task)).isInstanceOf(ExecutionException.class);
        assertThat(HARM).hasValue(made);
    }

    private String run(Callable<String> task) throws Exception {
        HazelcastInstance hostile = members.hazelcast(0);
        Member other = members.hazelcast(1).getCluster().getLocalMember();
        return hostile.getExecutorService("tasks").submitToMember(task, other).get(20, TimeUnit.SECONDS);
    }

    private static final class Java implements Callable<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public String call() {
            return "done";
        }

        private void readObject(ObjectInputStream in) {
            HARM.incrementAndGet();
        }
    }

    /** As above, read by its own method. */
    public static final class External implements Callable<String>, Externalizable {
        /** Called by the reader. */
        public External() {
            HARM.incrementAndGet();
        }

        @Override
        public String call() {
            return "done";
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    /** Hazelcast's own format, which names its class. */
    public static final class Named implements Callable<String>, DataSerializable {
        /** Called by the reader. */
        public Named() {
            HARM.incrementAndGet();
        }

        @Override
        public String call() {
            return "done";
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {}

        @Override
        public void readData(ObjectDataInput in) throws IOException {}
    }
}
