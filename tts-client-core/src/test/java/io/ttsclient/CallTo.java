// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;

/** A call of any of the overloads of a method. */
final class CallTo extends DescribedPredicate<JavaMethodCall> {
    private final String owner;
    private final String method;

    CallTo(Class<?> owner, String method) {
        super("call " + owner.getSimpleName() + "." + method + "()");
        this.owner = owner.getName();
        this.method = method;
    }

    @Override
    public boolean test(JavaMethodCall call) {
        return call.getTargetOwner().getFullName().equals(owner)
                && call.getName().equals(method);
    }
}
