/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The common part of all simulators: draws the class of each record, gives it its time and keeps
 * the recent good records for duplicates.
 *
 * <p>A late or duplicate record is drawn as a good one among the first {@value #WARM_UP} records,
 * and a duplicate also where none of the last {@value #MEMORY} events was good.
 */
final class EventStream implements Iterator<OutgoingRecord> {

  static final int WARM_UP = 1000;
  static final int MEMORY = 200;

  private static final int MILLIS_PER_HOUR = 3_600_000;
  private static final RecordClass[] BAD = {
    RecordClass.MALFORMED, RecordClass.DUPLICATE, RecordClass.OUT_OF_RANGE, RecordClass.LATE
  };

  private final Simulation simulation;
  private final EventWriter writer;
  private final SeededRandom random;
  private final OutgoingRecord[] recentGood = new OutgoingRecord[MEMORY];
  private long index;

  EventStream(Simulation simulation, EventWriter writer) {
    this.simulation = simulation;
    this.writer = writer;
    this.random = new SeededRandom(simulation.seed());
  }

  @Override
  public boolean hasNext() {
    return index < simulation.count();
  }

  @Override
  public OutgoingRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All " + simulation.count() + " records were taken");
    }
    OutgoingRecord made = make(draw(), simulation.millisAt(index));
    recentGood[(int) (index % MEMORY)] = made.recordClass() == RecordClass.GOOD ? made : null;
    index++;
    return made;
  }

  private RecordClass draw() {
    if (!random.chance(simulation.badPermille())) {
      return RecordClass.GOOD;
    }
    RecordClass bad = BAD[random.below(BAD.length)];
    boolean needsPast = bad == RecordClass.LATE || bad == RecordClass.DUPLICATE;
    return needsPast && index < WARM_UP ? RecordClass.GOOD : bad;
  }

  private OutgoingRecord make(RecordClass recordClass, long nominal) {
    return switch (recordClass) {
      case GOOD -> writer.valid(index, nominal).as(RecordClass.GOOD);
      case MALFORMED -> writer.malformed(index, nominal).as(RecordClass.MALFORMED);
      case OUT_OF_RANGE -> writer.outOfRange(index, nominal).as(RecordClass.OUT_OF_RANGE);
      case LATE -> writer.valid(index, nominal - lateness()).as(RecordClass.LATE);
      case DUPLICATE -> duplicate(nominal);
    };
  }

  private int lateness() {
    return random.between(MILLIS_PER_HOUR, 6 * MILLIS_PER_HOUR + 1);
  }

  private OutgoingRecord duplicate(long nominal) {
    int first = random.below(MEMORY);
    for (int i = 0; i < MEMORY; i++) {
      OutgoingRecord earlier = recentGood[(first + i) % MEMORY];
      if (earlier != null) {
        return earlier.as(RecordClass.DUPLICATE);
      }
    }
    return make(RecordClass.GOOD, nominal);
  }
}
