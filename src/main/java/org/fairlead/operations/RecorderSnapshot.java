package org.fairlead.operations;

import java.util.List;
import org.fairlead.model.RecorderConfig;

/**
 * What the recorder keeps now.
 *
 * @param bytes the memory that it takes, estimated
 * @param requests the latest first
 */
public record RecorderSnapshot(RecorderConfig config, long bytes, List<RecordedRequest> requests) {
    public RecorderSnapshot {
        requests = List.copyOf(requests);
    }
}
