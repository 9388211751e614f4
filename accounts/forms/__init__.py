from accounts.forms.sign_in import (
    ActivateAppForm,
    AddPasskeyForm,
    ChangeEmailForm,
    ChangePasswordForm,
    PasskeyNameForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SecondStepAgainForm,
    SecondStepForm,
    SetPasswordForm,
    SignInForm,
    SignUpForm,
)

# Named in the settings, for django-allauth.
__all__ = [
    "ActivateAppForm",
    "AddPasskeyForm",
    "ChangeEmailForm",
    "ChangePasswordForm",
    "PasskeyNameForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SecondStepAgainForm",
    "SecondStepForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
]
