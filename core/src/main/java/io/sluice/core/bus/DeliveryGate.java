package io.sluice.core.bus;

/**
 * Whether the app takes the records of a binding, published by whoever talks to the app whenever it changes.
 *
 * @param binding the binding's name
 * @param open true from the moment the app has subscribed and is healthy
 * @param reason why it is closed, in words for an operator; empty when open
 */
public record DeliveryGate(String binding, boolean open, String reason) {}
