"""What the tokens of providers look like: a head that nothing else has, and the alphabet of what follows."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["PROVIDERS", "TOKEN_HEADS", "Provider"]


class Provider(NamedTuple):
    """Tokens of one provider: regular expressions (with case) of their head and of the rest."""

    name: str
    head: str
    body: str

    @property
    def shape(self) -> str:
        """The longest part of the head that repeats nothing: a set of shapes that repeat is slow.

        >>> Provider("x", "pat[a-z]{14}_", "[0-9]+").shape
        'pat[a-z][a-z][a-z]'
        """
        parts = [""]
        for atom, count in _ATOM.findall(self.head.replace(r"(?:\b)", "").replace(r"\b", "")):
            parts[-1] += _copies(atom, count) if count else atom
            parts += [""] if count else []
        return max(map(_closed, parts), key=lambda part: len(_CLASS.sub("", part)))

    @property
    def is_weak(self) -> bool:
        """Whether ordinary words may begin as the head does, so the rest must look drawn by lot.

        >>> Provider("x", "ghp_", "[0-9]+").is_weak
        False
        """
        return self.head.startswith(r"\b")


def _copies(repeated: str, count: str) -> str:
    """Of what repeats, at most three."""
    least = re.match(r"\{([0-9]+)", count)
    return repeated * (min(int(least[1]), 3) if least else int(count == "+"))


def _closed(part: str) -> str:
    """Without what belongs to a group that is open at either end."""
    part = part[part.rfind(")?") + 2 :] if part.count(")") > part.count("(") else part
    return part[: part.rfind("(")] if part.count("(") > part.count(")") else part


_CLASS = re.compile(r"\[[^\]]*\]")
_ATOM = re.compile(r"(\[[^\]]*\]|\\.|\(\?:|.)(\{[0-9,]+\}|[+*])?")
_ALPHABETS = {
    "hex": "[0-9A-Fa-f]", "alnum": "[A-Za-z0-9]", "upper": "[A-Z0-9]", "word": "[A-Za-z0-9_-]",
    "base64": "[A-Za-z0-9+/=_-]", "dotted": "[A-Za-z0-9._-]", "any": r"[^\s\"'<>]",
}  # fmt: skip

# Provider, head, alphabet of the rest and the least length of it: shorter than the vendors', so that a token cut by
# Enter is found as well. Heads in words (\b) need a rest that looks drawn by lot. Sources: the vendors' own pages on
# secret scanning, and the rule names of gitleaks and betterleaks (MIT).
_TABLE = r"""
1Password            A3-[A-Z0-9]{4}                     [A-Z0-9-]  10
1Password            ops_eyJ                            base64  8
Adafruit             \baio_                             alnum   16
Adobe                \bp8e-                             word    16
Age                  AGE-SECRET-KEY-1                   upper   8
Aikido               AIK_(?:CLIENT|SECRET)_             alnum   8
Airtable             \bpat[A-Za-z0-9]{14}\.             hex     8
Akamai               \bakab-                            word    16
Alibaba              \bLTAI                             alnum   10
Amazon               A(?:KIA|SIA|BIA|CCA)               upper   8
Amazon-Bedrock       ABSK                               base64  16
Amazon-Bedrock       bedrock-api-key-                   base64  10
Anthropic            sk-ant-                            word    6
Apify                apify_(?:api|ui)_                  alnum   8
Artifactory          AKCp[0-9A-Za-z]                    alnum   10
Artifactory          \bcmVmd                            alnum   16
Asana                \b[12]/[0-9]{13,16}:               hex     10
Atlassian            ATATT3                             any     16
Atlassian            ATCTT3                             any     16
Atlassian            ATBB[A-Za-z0-9]{3}                 base64  12
Authress             \bauthress_                        any     16
Azure-AD             [A-Za-z0-9_~.]{3}8Q~               any     12
Azure-DevOps         [A-Za-z0-9]{24,}JQQJ99              alnum   8
Beamer               \bb_[A-Za-z0-9]                    base64  30
Bitly                \bR_[0-9a-f]                       hex     24
Blynk                \boa2-client-id_                   word    12
Brevo                xkeysib-                           hex     8
Brevo                xsmtpsib-                          hex     8
Buildkite            bkua_                              hex     8
Canva                \bcnvca                            word    10
Canva                \bOC-[A-Za-z0-9_-]                 word    8
Cerebras             \bcsk-                             alnum   12
CircleCI             CCIPAT_                            word    8
CircleCI             CCIPRJ_                            word    8
Clickhouse           \b4b1d                             alnum   20
Clojars              CLOJARS_                           hex     8
Cloudflare           \bv1\.0-                           hex     20
Cohere               \bco_                              alnum   24
Confluent            \bcflt                             base64  16
Contentful           CFPAT-                             word    8
Coze                 \bpat_                             alnum   32
Databricks           \bdapi[0-9a-f]                     [0-9a-f-]  16
Datadog              \bdd[ap]                           hex     32
Datadog              \bpub[0-9a-f]                      hex     31
Defined-Networking   dnkey-                             word    10
DigitalOcean         do[opr]_v1_                        hex     8
Discord              discord(?:app)?\.com/api/webhooks/  any    8
Docker               dckr_(?:pat|oat)_                  word    8
Docker-Swarm         SWMTKN-1-                          [a-z0-9-]  12
Doppler              \bdp\.(?:pt|st|ct|sa|scim|audit)\. alnum   10
Duffel               duffel_(?:test|live)_              any     8
Dynatrace            dt0[a-z][0-9]{2}\.                 any     8
EasyPost             EZ[AT]K                            alnum   16
Elastic              \bessu_                            base64  12
Elevenlabs           \bsk_                              alnum   20
Endor                endr\+                             word    8
Facebook             EAA[A-Z]                           alnum   16
Facebook             EAACEdEose0cBA                     alnum   8
Facebook             \b[0-9]{13,17}(?:\||%7C)           word    16
Figma                fig[doru]_                         word    8
Fleetbase            flb_(?:live|test)_                 alnum   8
Flickr               \b72157[0-9]{12}-                  hex     8
Flutterwave          FLW(?:PUB|SEC)K(?:_TEST|_PROD)?-   word    8
Fly                  fo1_                               base64  10
Fly                  \bfm[12][ar]?_                     base64  20
Frame.io             fio-u-                             base64  10
Friendli             \bflp_                             alnum   16
Gitea                \bgta_                             alnum   16
GitHub               gh[pousr]_                         alnum   8
GitHub               github_pat_                        [A-Za-z0-9_]  8
GitLab               gl(?:pat|dt|rt|rtr|cbt|ptt|ft|ffct|imt|agent|soat|oas|wt)-  [A-Za-z0-9_.-]  8
GitLab               GR1348941                          word    8
GitLab               _gitlab_session=                   word    10
Google               AIza                               word    12
Google               (?:\b)ya29\.                       any     10
Google               GOCSPX-                            word    8
Google               \b1//0                             word    12
Google               \b4/0A                             word    12
Google               (?:\b)[0-9]{8,}-[0-9a-z]{20,}\.apps    any     4
Google               \bGOOG[A-Z0-9]                     upper   20
Grafana              (?:\b)gls?a_                       [A-Za-z0-9_]  12
Grafana              (?:\b)glc_                         base64  12
Greptile             \bgrpt_                            alnum   16
Groq                 (?:\b)gsk_                         alnum   12
Harness              (?:pat|sat)\.[A-Za-z0-9_-]{22}\.   any     4
HashiCorp            (?:\b)hv[sbr]\.                    word    12
HashiCorp            [A-Za-z0-9]{8,}\.atlasv1\.         base64  12
Heroku               HRKU-                              word    8
HubSpot              \bpat-(?:na|eu|ap)[0-9]-           [A-Fa-f0-9-]  10
Hugging-Face         \bhf_                              alnum   12
Hugging-Face         api_org_                           alnum   8
IBM                  \bApiKey-                          word    16
Infracost            \bico-                             alnum   12
Instagram            IGQVJ                              base64  10
Intra42              s-s4t2(?:ud|af)-                   hex     8
Jina                 jina_                              word    16
JWT                  eyJ                                [A-Za-z0-9_-]{6}=*\.?[A-Za-z0-9_.=-]  1
Kimi                 \bsk-kimi-                         alnum   10
Klaviyo              \bpk_[0-9a-z]                      alnum   20
LaunchDarkly         (?:sdk|mob|api)-[0-9a-f]{8}-       [0-9a-f-]  8
LaunchDarkly         launchdarkly-\w+-[0-9a-f]{8}-      [0-9a-f-]  4
Lark                 \bcli_[A-Za-z0-9]                  alnum   13
Linear               lin_(?:api|oauth)_                 alnum   8
LinkedIn             \bWPL_AP[0-9]\.                    any     8
Lob                  \b(?:live|test)_(?:pub_)?[0-9a-f]  hex     16
Mailchimp            \b[0-9A-Za-z]{32}-us[0-9]          [0-9]   0
Mailgun              \bkey-[0-9a-f]{4}                  alnum   16
Mapbox               \b[ps]k\.[A-Za-z0-9]{20}           any     10
MessageBird          \bAccessKey                        alnum   20
Meta-Llama           LLM\|[0-9]+\|                      word    8
MiniMax              \bsk-api-                          word    16
Mux                  \bmux_                             base64  24
NATS                 \bS[AUOCNX][A-Z2-7]{8}             [A-Z2-7]  30
Netlify              nf[pcobu]_                         alnum   12
New-Relic            NRA[AKL]-                          upper   8
New-Relic            NRI[IQ]-                           base64  8
New-Relic            NRJS-                              hex     8
Notion               (?:\b)ntn_                         alnum   12
Notion               \bsecret_                          alnum   24
npm                  (?:\b)npm_                         alnum   12
NuGet                \boy2[a-z0-9]                      alnum   36
Nvidia               nvapi-                             word    12
Octopus              \bAPI-[A-Z0-9]                     upper   16
Onfido               \bapi_(?:live|sandbox)(?:_[a-z]+)?\.  any  12
OpenAI               sk-(?:proj|or|svcacct|admin)-      word    6
OpenAI               \bsk-                              alnum   16
OpenShift            sha256~                            word    12
Paypal-Braintree     access_token\$(?:production|sandbox)\$  any  8
Perplexity           pplx-                              alnum   10
Pinecone             pcsk_                              word    10
Plaid                \b(?:access|public|link)-(?:sandbox|development|production)-  [0-9a-f-]  8
PlanetScale          pscale_(?:tkn|pw|oauth)_           any     8
PostHog              \bph[cxsra]_                       word    16
Postman              PMAK-                              [0-9a-f-]  10
Prefect              \bpn[ub]_                          alnum   16
Private-AI           \bpvt_                             alnum   24
Pulumi               \bpul-                             hex     16
PyPI                 \bpypi-Ag                          word    8
Ramp                 ramp_(?:id|sec)_                   alnum   12
Razorpay             \brzp_(?:live|test)_               alnum   8
ReadMe               rdme_                              alnum   12
Rechargify           \bchrg_                            alnum   16
Replicate            (?:\b)r8_                          alnum   12
Resend               \bre_[A-Za-z0-9]                   [A-Za-z0-9_]  18
Rootly               \brootly_                          hex     16
RubyGems             rubygems_                          hex     8
Runpod               \brpa_                             upper   20
Salesforce           3MVG[A-Za-z0-9]                    any     16
Salesforce           \b00D[A-Za-z0-9]{12}               [A-Za-z0-9!._]  0
Salesforce           \b00D[A-Za-z0-9]{12,15}!           any     8
Scalingo             tk-us-                             word    12
Sendgrid             (?:\b)SG\.                             [A-Za-z0-9_=.-]  12
Sendinblue           \bxkey                             base64  24
Sentry               sntry[sua]_                        base64  10
SettleMint           sm_(?:pat|sat|aat)_                alnum   8
Shippo               shippo_(?:live|test)_              hex     8
Shopify              shp(?:at|ca|pa|ss|tka)_            hex     8
Slack                xox[abcdeoprs]-                    [A-Za-z0-9-]  8
Slack                xoxe\.xox[bp]-                     [A-Za-z0-9-]  8
Slack                xapp-                              [A-Za-z0-9-]  8
Slack                (?:https?://)?hooks\.slack\.com/(?:services|workflows|triggers)/  any  8
Snyk                 snyk_(?:uat|sat)\.                 any     8
Sonar                \bsq[pau]_                         hex     16
Sonatype             \bnxs_                             alnum   16
Sourcegraph          sgp_                               [A-Za-z0-9_]  12
Sourcegraph          \bslk_                             hex     16
Square               sq0(?:atp|csp|idp)-                word    8
Square               EAAA[A-Z]                          word    20
StabilityAI          \bsk-[A-Za-z0-9]{24}               alnum   16
Stripe               [rsp]k_(?:live|test|prod)_         alnum   8
Stripe               whsec_                             base64  10
Stytch               \b(?:secret|public|project)-(?:live|test)-  base64  12
Supabase             sbp_                               hex     10
Supabase             sb_(?:secret|publishable)_         word    10
Tailscale            tskey-                             word    8
Tavily               tvly-                              word    8
Teams                webhook\.office\.com/webhookb2/    any     8
Telegram             \b[0-9]{7,10}:A[A-Za-z0-9]         word    20
Together             tgp_v1_                            word    8
Travis               \btravis_                          word    20
Trello               \bATTA[a-z0-9]                     alnum   16
Twilio               \bSK[0-9a-fx]{8}                   [0-9a-fx]  12
Twilio               \bAC[0-9a-fx]{8}                   [0-9a-fx]  16
Twitch               \blive_[0-9]{6,}_                  alnum   8
Twitter              AAAAAAAAAAAAAAAA                        any     16
Typeform             tfp_                               any     12
Unkey                unkey_                             alnum   12
Vercel               \bvc[pciark]_                      alnum   12
VolcEngine           \bAKLT                             base64  20
Voyage               \bpa-[A-Za-z0-9_]                  word    32
Waka                 waka_                              [0-9a-f-]  8
Weights-and-Biases   wandb_v1_                          word    10
WooCommerce          \bc[ks]_                           hex     20
WunderGraph          cosmo_                             hex     8
xAI                  (?:\b)xai-                         alnum   12
Yandex               \bAQVN                             word    16
Yandex               \by[0-3]_                          word    20
Yandex               \bt1\.[A-Z0-9]                     base64  30
Zapier               hooks\.zapier\.com/hooks/catch/    any     6
Zendesk              \bzd_                              alnum   20
Zuplo                zpka_                              word    8
Heroku-Connection    \brediss?://:                      any     8
Bitcoin              \bxprv                             alnum   16
bcrypt               \$2[abxy]\$[0-9]{2}\$              [./A-Za-z0-9]  10
crypt                \$(?:[1568y]|argon2(?:id?|d)|7|gy|sha1)\$  [^\s:]  16
MySQL-hash           \*[0-9A-F]{8}                      [0-9A-F]  32
Django-hash          pbkdf2_sha(?:1|256)\$              any     16
PKCS8                \bMII[BCDEFGJ][A-Za-z0-9+/]        base64  30
OpenSSH              b3BlbnNzaC1rZXkt                   base64  8
PEM-base64           \bLS0tLS1CRU                       base64  8
"""


def _provider(row: str) -> Provider:
    name, head, alphabet, least = row.split()
    body = _ALPHABETS.get(alphabet, alphabet)
    return Provider(name, head, f"{body}{{{least},}}")


PROVIDERS = tuple(map(_provider, _TABLE.strip().splitlines()))
"""Every token form that is known, in the order of the table."""

TOKEN_HEADS = tuple(provider.head for provider in PROVIDERS)
"""Regular expressions of the heads: what a token shows before anything else of it is typed."""
