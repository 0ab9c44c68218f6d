/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.ProducerException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The devices that the IoT simulator speaks for. Device n is the same in every fleet, whatever the
 * seed, so that a lookup table filled once fits all simulations.
 *
 * @param devices at least one, ordered by number
 */
public record Fleet(List<Device> devices) {

  /** 100 devices where the user says nothing. */
  public static final int DEFAULT_SIZE = 100;

  private static final int LARGEST = 1_000_000;
  private static final String[] MODELS = {"TX-100", "TX-200", "TX-200S", "HV-10", "HV-40"};
  private static final String[] SITES = {
    "berlin", "hamburg", "lyon", "malmo", "porto", "rotterdam", "turin", "vienna"
  };
  private static final String[] FIRMWARES = {
    "2.14.3+build.1187", "2.15.0+build.1231", "3.0.1+build.1302"
  };
  private static final LocalDate FIRST_INSTALLED = LocalDate.of(2021, 3, 1);

  /**
   * @throws ProducerException if there are no devices
   */
  public Fleet {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new ProducerException("The fleet has no devices: give at least one.");
    }
  }

  /** The fleet of {@link #DEFAULT_SIZE} devices. */
  public static Fleet ofDefaultSize() {
    return of(DEFAULT_SIZE);
  }

  /**
   * A fleet of this many devices.
   *
   * @param size 1 to 1,000,000
   * @throws ProducerException if the size is out of bounds
   */
  public static Fleet of(int size) {
    if (size < 1 || size > LARGEST) {
      throw new ProducerException(
          "Fleet size is " + size + ": give a number of devices from 1 to " + LARGEST + ".");
    }
    return new Fleet(IntStream.rangeClosed(1, size).mapToObj(Fleet::device).toList());
  }

  private static Device device(int number) {
    SeededRandom random = new SeededRandom(number);
    return new Device(
        String.format(Locale.ROOT, "dev-%04d", number),
        random.oneOf(MODELS),
        random.oneOf(SITES),
        random.oneOf(FIRMWARES),
        FIRST_INSTALLED.plusDays(random.below(1500)));
  }
}
