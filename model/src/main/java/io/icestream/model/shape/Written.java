/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;

/**
 * A value and how it stands in the file.
 *
 * @param value the value
 * @param location where it starts
 * @param shown the value as messages may show it: quoted, or the name of the variable that it comes
 *     from
 */
public record Written<T>(T value, Location location, String shown) {}
