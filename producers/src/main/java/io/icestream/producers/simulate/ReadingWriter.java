/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.List;

/**
 * Writes the readings of {@link IotSensors}. Values with fractions are kept as scaled integers, so
 * that their text is exact.
 */
final class ReadingWriter implements EventWriter {

  private static final double RADIANS_PER_MILLI = 2 * Math.PI / 86_400_000;
  private static final int DEGREE = 10_000;

  private final SeededRandom random;
  private final EventIds ids;
  private final JsonDamage damage = new JsonDamage("temperature", "hot");
  private final AsciiBuffer out = new AsciiBuffer();
  private final byte[][] keys;
  private final String[] deviceFields;
  private final String[] firmwareFields;
  private final long[] sequences;
  private final int[] baseTemperatures;

  ReadingWriter(Simulation simulation, Fleet fleet) {
    this.random = new SeededRandom(~simulation.seed());
    this.ids = new EventIds(simulation, "reading");
    List<Device> devices = fleet.devices();
    int size = devices.size();
    this.keys = new byte[size][];
    this.deviceFields = new String[size];
    this.firmwareFields = new String[size];
    this.sequences = new long[size];
    this.baseTemperatures = new int[size];
    for (int i = 0; i < size; i++) {
      Device device = devices.get(i);
      keys[i] = device.deviceId().getBytes(US_ASCII);
      deviceFields[i] = "\",\"device_id\":\"" + device.deviceId() + "\",\"event_time\":\"";
      firmwareFields[i] = "\",\"firmware\":\"" + device.firmware() + "\"}";
      baseTemperatures[i] = new SeededRandom(device.deviceId().hashCode()).between(-5, 36) * DEGREE;
    }
  }

  @Override
  public OutgoingRecord valid(long index, long eventMillis) {
    int device = random.below(keys.length);
    double wave = wave(device, eventMillis);
    int noise = random.between(-3 * DEGREE / 2, 3 * DEGREE / 2);
    return reading(
        index, eventMillis, device, baseTemperatures[device] + (int) (8 * DEGREE * wave) + noise);
  }

  @Override
  public OutgoingRecord outOfRange(long index, long eventMillis) {
    int temperature =
        random.chance(500)
            ? random.between(400 * DEGREE, 900 * DEGREE)
            : random.between(-273 * DEGREE, -100 * DEGREE);
    return reading(index, eventMillis, random.below(keys.length), temperature);
  }

  @Override
  public OutgoingRecord malformed(long index, long eventMillis) {
    OutgoingRecord whole = valid(index, eventMillis);
    return new OutgoingRecord(
        whole.key(), damage.damage(whole.value(), random), RecordClass.MALFORMED);
  }

  private OutgoingRecord reading(long index, long eventMillis, int device, int temperature) {
    long sequence = sequences[device]++;
    double wave = wave(device, eventMillis);
    ids.write(out.clear().text("{\"event_id\":\""), index)
        .text(deviceFields[device])
        .isoTime(eventMillis)
        .text("\",\"sequence\":")
        .number(sequence)
        .text(",\"temperature\":")
        .fixed(temperature, 4)
        .text(",\"humidity\":")
        .fixed(550_000 - (int) (200_000 * wave) + random.between(-100_000, 100_000), 4)
        .text(",\"pressure\":")
        .fixed(10_132_500 + random.between(-150_000, 150_000), 4)
        .text(",\"vibration\":")
        .fixed(random.between(1_000, 200_000), 6)
        .text(",\"battery\":")
        .fixed(10_000 - sequence / 10 % 9_500, 2)
        .text(",\"rssi\":")
        .number(random.between(-95, -39))
        .text(",\"status\":\"")
        .text(status())
        .text(firmwareFields[device]);
    return new OutgoingRecord(keys[device], out.copy(), RecordClass.GOOD);
  }

  private static double wave(int device, long eventMillis) {
    return StrictMath.sin(eventMillis % 86_400_000 * RADIANS_PER_MILLI + device);
  }

  private String status() {
    int draw = random.below(1000);
    return draw < 970 ? "ok" : draw < 995 ? "warn" : "maintenance";
  }
}
