package org.sipring.proxy.registrar;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.sipring.proxy.edge.FlowRef;

/**
 * A contact that cannot be reached any more: the argument of {@link LostFlowRule}.
 *
 * @param flow the flow that it was registered over, which is closed for good
 * @param uri the contact, as a Request-URI
 * @param memory how long its end is remembered, in seconds
 */
record LostFlow(FlowRef flow, String uri, int memory) {
    static final Format<LostFlow> FORMAT = new LostFlowFormat();

    private static final class LostFlowFormat extends Format<LostFlow> {
        @Override
        void write(DataOutputStream out, LostFlow lost) throws IOException {
            lost.flow.write(out);
            out.writeUTF(lost.uri);
            out.writeInt(lost.memory);
        }

        @Override
        LostFlow read(DataInputStream in) throws IOException {
            return new LostFlow(FlowRef.read(in), in.readUTF(), in.readInt());
        }
    }
}
