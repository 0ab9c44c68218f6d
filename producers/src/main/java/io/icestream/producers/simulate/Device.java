/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import java.time.LocalDate;

/**
 * One device of the fleet: a row of the lookup table {@code ref.devices}.
 *
 * @param deviceId {@code dev-0001} and so on
 * @param model the product it is
 * @param site where it stands
 * @param firmware what it runs; it reports this in each reading
 * @param installed the day it was put up
 */
public record Device(
    String deviceId, String model, String site, String firmware, LocalDate installed) {}
