"""What the place in which something is typed says of it: programs that ask for passwords only, and sign-in windows."""

from __future__ import annotations

import re2

__all__ = ["is_password_prompt", "is_sign_in"]

_PROMPTS = re2.compile(
    r"(?i)(?:^|[/\\.])(?:pinentry|ssh-askpass|ksshaskpass|lxqt-openssh-askpass|x11-ssh-askpass|gnome-ssh-askpass|"
    r"gksu(?:do)?|kdesudo|lxqt-sudo|gcr-prompter|seahorse-ssh-askpass|polkit-(?:[a-z0-9]+-)*(?:agent|authentication-agent)"
    r"|polkit-agent-helper|credentialuibroker|logonui|loginwindow|securityagent)(?:[-0-9][-a-z0-9]*)?"
    r"(?:\.(?:exe|app|desktop|bin))?$"
)
_TITLES = re2.compile(
    r"(?i)(?:^|[-–—|·:•‹›«»/(]\s*)(?:(?:sign|log)[ -]?(?:in|on)|signin|login|anmelden|anmeldung|einloggen|"
    r"(?:se )?connecter|connexion|s'identifier|identification|iniciar sesi[oó]n|inicio de sesi[oó]n|acceder|"
    r"iniciar sess[aã]o|fazer login|"
    r"entrar|accedi|accesso|inloggen|aanmelden|logga in|log ind|logg inn|kirjaudu(?: sisään)?|"
    r"zaloguj(?: si[eę])?|"
    r"logowanie|přihl[aá]šen[ií]|přihl[aá]sit(?: se)?|bejelentkez[eé]s|autentificare|conectare|giriş(?: yap)?|"
    r"oturum aç|masuk|đăng nhập|войти|вход|авторизация|увійти|вхід|σύνδεση|ログイン|サインイン|登录|登入|登錄|로그인|"
    r"تسجيل الدخول|התחברות|लॉग ?इन|เข้าสู่ระบบ)(?:[^\pL]|$|に|する)"
)
_ADDRESSES = re2.compile(
    r"(?i)^[a-z]+://(?:[^?#]*[/.])?(?:sign[-_]?[io]n|log[-_]?[io]n|signin|login|logon|sso|oauth2?|authorize|session/new|"
    r"authenticate)(?:[/.?#;]|$)"
)


def is_password_prompt(app: str | None) -> bool:
    """Whether all that is typed into a program is secret: agents that ask for one password and nothing else.

    >>> is_password_prompt("/usr/bin/pinentry-gtk-2"), is_password_prompt("com.apple.SecurityAgent")
    (True, True)
    >>> is_password_prompt("firefox"), is_password_prompt(None)
    (False, False)
    """
    return app is not None and _PROMPTS.search(_sound(app)) is not None


def is_sign_in(window: str | None, url: str | None = None) -> bool:
    """Whether a title or an address is that of a form that takes a name and a password.

    A part of the title must begin with such words: pages that talk about signing in name it elsewhere.

    >>> is_sign_in("GitHub - Log in"), is_sign_in(None, "https://example.org/users/sign_in?next=/")
    (True, True)
    >>> is_sign_in("How to log in - Forum"), is_sign_in("Inbox", "https://example.org/login-help"), is_sign_in(None)
    (False, False, False)
    """
    return (window is not None and _TITLES.search(_sound(window)) is not None) or (
        url is not None and _ADDRESSES.search(_sound(url)) is not None
    )


def _sound(text: str) -> str:
    """Without lone surrogates, which cannot be searched."""
    return text.encode("utf-8", "replace").decode()
