package org.sipring.dns.fence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipring.api.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers the mark in a file of one line, {@code EPOCH SEQ}, which survives a power cut. */
public final class FenceFile implements FenceMemory {
    private static final Logger LOG = LoggerFactory.getLogger(FenceFile.class);
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\s*");

    private final Path file;

    /**
     * A memory in a file.
     *
     * @param file made when it is missing; its folder must exist
     */
    public FenceFile(Path file) {
        this.file = file;
    }

    @Override
    public Mark recall() {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException first) {
            return Mark.NONE;
        } catch (IOException broken) {
            LOG.warn(
                    "Cannot read {}: check the disk and the file's owner. The DNS epoch is taken from DNS.",
                    file,
                    broken);
            return Mark.NONE;
        }
    }

    private Mark parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            LOG.warn("{} does not hold two numbers: delete it. The DNS epoch is taken from DNS.", file);
            return Mark.NONE;
        }
        return new Mark(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)));
    }

    @Override
    public void remember(Mark mark) {
        try {
            String line = mark.epoch() + " " + mark.seq() + "\n";
            DurableFile.replace(file, line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException broken) {
            LOG.warn("Cannot write {}: check the disk's space and the folder's owner", file, broken);
        }
    }
}
