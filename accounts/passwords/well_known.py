"""Phrases that people everywhere choose, in any spelling: an attacker tries them first, however long they are.

Written down by hand, in the languages of the laws that the bank knows and of their neighbours; not taken from a list of
stolen passwords. What zxcvbn finds by itself is not here: common words, names, years, keyboards and repetitions.
"""

import unicodedata
from itertools import product

LONGEST_DECORATION = 8
"""Digits and signs before or after a phrase: as many as a date has."""
LONGEST = 128
"""A longer password is none of them, doubled and decorated as it may be."""
MADE_PLAIN = 200
"""What comes after these characters is not even made plain: one of them may become eighteen."""
SPELT = tuple(
    str.maketrans({"0": "o", "1": one, "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"})
    | str.maketrans({"@": "a", "$": "s", "!": one, "€": "e", "+": "t", "|": "l", "(": "c"})
    for one in "il"
)
"""What digits and signs stand for in the place of letters."""

_WRITTEN = """
    iloveyou iloveyousomuch iloveyouforever iloveyoutoo iloveyoubaby iloveyouall ilovemyfamily ilovemylife ilovemydog
    ilovemycat ilovemykids ilovemyself ilovemyhusband ilovemywife ilovemymum ilovemymom ilovemyjob iloveme ilovejesus
    ilovegod ilovemusic ilovefootball ihateyou ihatethis ihatemyjob ihatepasswords ihatemylife ihatemondays
    ihatethisgame imissyou youandme youandmeforever loveyouforever lovelovelove truelove foreverandever foreveryoung
    foreveryours togetherforever bestfriends bestfriendsforever friendsforever mylove mylittlepony mylovelife lifeisgood
    lifeisbeautiful lifeistooshort livelaughlove livelovelaugh goodvibesonly carpediem hakunamatata hastalavista
    hastalavistababy letmein letmeinplease letmeinnow pleaseletmein opensesame opensesameplease openthedoor knockknock
    whoisthere mypassword mypasswordis mypasswordispassword thisismypassword thisisapassword thisisthepassword
    thepassword passwordpassword newpassword oldpassword nopassword nopasswords changeme changemenow changethis changeit
    changemeplease changepassword changethispassword forgotpassword forgotmypassword iforgot iforgotmypassword iforgotit
    idontknow idontcare idontremember icantremember rememberme dontforget dontforgetme guessme guesswhat guessthis
    guessmypassword cantguessthis youcantguess youllneverguess neverguess secretpassword topsecret verysecret mysecret
    supersecret supersecretpassword itsasecret averysecurepassword securepassword strongpassword verystrongpassword
    longpassword averylongpassword complexpassword safepassword goodpassword bestpassword secure trustno trustnoone
    qwertyqwerty qwertyuiop qwertyasdfgh asdfghjkl zxcvbnm azertyuiop qwertzuiop administrator superadmin adminadmin
    rootroot rootpassword testtest testpassword testingtesting temporary temppassword temporarypassword defaultpassword
    default welcome welcomehome welcomeback welcometo welcometothejungle welcometomylife helloworld hellohello
    hellokitty hellothere hellomyfriend goodmorning goodnight goodbye happybirthday happynewyear happyholidays
    merrychristmas happychristmas thankyou thankyouverymuch thankgod thankgoditsfriday inthenameofgod ingodwetrust
    godisgood godisgreat godislove godblessyou godblessme jesusislord jesuschrist jesuslovesme jesusismylord
    praisethelord blessedbethelord holyspirit ourfather hailmary allahuakbar bismillah inshallah mashallah alhamdulillah
    maytheforcebewithyou theforce theforceawakens starwars lukeskywalker darthvader obiwankenobi iamyourfather
    beammeupscotty livelongandprosper startrek captainkirk lordoftherings thelordoftherings youshallnotpass onering
    gameofthrones winteriscoming valarmorghulis harrypotter expectopatronum hermionegranger dumbledore winniethepooh
    mickeymouse donaldduck spongebob spongebobsquarepants hellokittylove theincredibles findingnemo lionking thelionking
    jamesbond shakennotstirred thegodfather thematrix followthewhiterabbit backtothefuture terminator illbeback
    tobeornottobe tobeornottobethatisthequestion romeoandjuliet onceuponatime inthebeginning allyouneedislove letitbe
    heyjude yellowsubmarine imagine wearethechampions wewillrockyou bohemianrhapsody dontworrybehappy dontstopmenow
    dontstopbelieving stairwaytoheaven hotelcalifornia highwaytohell nothingelsematters smellsliketeenspirit
    sweetchildomine anotherbrickinthewall darksideofthemoon thewall comfortablynumb sympathyforthedevil paintitblack
    purplerain billiejean thriller dancingqueen mammamia waterloo iwillsurvive iwillalwaysloveyou everybreathyoutake
    losingmyreligion wonderwall dontlookbackinanger bornintheusa borntobewild rollingstones thebeatles ledzeppelin
    ironmaiden linkinpark metallica deeppurple pinkfloyd gunsnroses manchesterunited manchestercity youllneverwalkalone
    liverpoolfc chelseafc arsenalfc realmadrid halamadrid fcbarcelona viscabarca bayernmunich bayernmunchen
    borussiadortmund juventus acmilan forzajuve forzamilan forzainter parissaintgermain allezlesbleus olympiquemarseille
    newyorkyankees losangeleslakers chicagobulls dallascowboys goldenstate newyorkcity newyork losangeles sanfrancisco
    unitedstates unitedstatesofamerica unitedkingdom greatbritain godsavethequeen godsavetheking rulebritannia
    deutschland oesterreich switzerland vivelafrance vivaespana vivaitalia vivalavida vivamexico america usausausa
    rocknroll sexdrugsrocknroll thequickbrownfox thequickbrownfoxjumps thequickbrownfoxjumpsoverthelazydog
    correcthorsebatterystaple correcthorse loremipsum loremipsumdolor abracadabra supercalifragilisticexpialidocious
    hocuspocus onetwothree onetwothreefour onetwothreefourfive eenymeenyminymo abcdefghijkl abcdefghijklmnopqrstuvwxyz
    humptydumpty twinkletwinkle twinkletwinklelittlestar maryhadalittlelamb jinglebells winterwonderland sunshine
    mysunshine youaremysunshine sweetheart sweethome homesweethome sweetdreams chocolate strawberry princess
    littleprincess myprincess daddysgirl daddyslittlegirl mommysgirl mummysboy babygirl prettygirl superman batman
    spiderman ironman captainamerica wonderwoman incrediblehulk nevergiveup neversaynever neversurrender neverforget
    justdoit keepcalm keepcalmandcarryon yeswecan moneymoneymoney makemoney timeismoney showmethemoney billgates
    billionaire millionaire workhardplayhard fuckyou fuckyouall fuckoff fuckthis fuckthisshit fuckpasswords whatthefuck
    whatthehell gotohell noentry keepout donotenter nobodyknows nothing nothingtosee blablabla blahblahblah whatever
    whateveryouwant accesscode mybusiness mycompany ourcompany companypassword officepassword wifipassword guestguest
    summertime summerholiday summervacation autumnleaves springtime wintertime mondaymorning ichliebedich
    ichliebedichsehr ichliebdich ichliebemich ichhassedich schatzimausi meinschatz meinpasswort passwortpasswort
    dasistmeinpasswort geheim geheimespasswort sehrgeheim sesamoeffnedich hallowelt hallohallo gutenmorgen gutennacht
    gutentag willkommen herzlichwillkommen sonnenschein schmetterling kartoffelpuffer kartoffelsalat bierbierbier
    passwortvergessen keinpasswort neuespasswort startpasswort aendermich allesgute allesgutezumgeburtstag
    frohesneuesjahr froheweihnachten fussball einigkeitundrecht jetaime jetaimefort jetaimetrop jetadore jetaimemaman
    jetaimemonamour monamour moncoeur monmotdepasse motdepasse motdepassemotdepasse cestmonmotdepasse nouveaumotdepasse
    bonjour bonjourlemonde bonjourbonjour bonneannee bonnenuit joyeuxnoel joyeuxanniversaire bienvenue soleil chocolat
    doudou loulou monbebe petitprince lepetitprince cestlavie ouvretoi sesameouvretoi azertyazerty secretsecret teamo
    teamomucho teamoparasiempre tequiero tequieromucho tequieromuchisimo teamomiamor miamor miamorcito mivida
    micontrasena contrasena contrasenacontrasena nuevacontrasena holamundo holahola buenosdias buenasnoches feliznavidad
    felizcumpleanos bienvenido bienvenidos abretesesamo vivaelamor dioseslamor diosesamor diosteama jesusteama corazon
    corazondemelon estrellita princesa mariposa tiamo tiamotanto tiamopersempre tivogliobene amoremio vitamia
    lamiapassword miapassword nuovapassword ciaociao ciaobella ciaomondo buongiorno buonanotte buonnatale benvenuto
    benvenuti apritisesamo forzaitalia stellina tesoromio juventusforever euteamo euteamomuito teamodemais meuamor
    minhavida minhasenha senhasenha novasenha olamundo bomdia boanoite feliznatal deusefiel deusemais deusteama
    jesuseosenhor flamengo corinthians benficabenfica saudade ikhouvanjou ikhouvanje ikhouvanjouw mijnwachtwoord
    wachtwoord wachtwoordwachtwoord nieuwwachtwoord goedemorgen welkom welkomthuis vrolijkkerstfeest gelukkignieuwjaar
    jagalskardig jegelskerdig jegelskardeg minparola mittlosenord losenord losenordet adgangskode passord
    minarakastansinua salasana salasanasalasana kochamcie kochamciebardzo kochamciekotku mojehaslo haslohaslo mojkotek
    polskagurom milujite mojeheslo szeretlek jelszojelszo teiubesc parolamea seniseviyorum seniseviyorumaskim askimaskim
    benimsifrem sifresifre galatasaray fenerbahce besiktas yatebelyublyu yatebyalyublyu lyublyutebya moiparol
    privetprivet privetmir spartakmoskva aishiteru aishiteiru sarangheyo woaini woainiwoaini nihaonihao
"""
PHRASES = frozenset(_WRITTEN.split())


def is_well_known(password: str) -> bool:
    """Whether it is one of the phrases: in capitals, with spaces or accents, with digits and signs in place of letters,
    doubled, backwards, or with up to LONGEST_DECORATION of them before and after.
    """
    if len(password) > LONGEST:
        return False
    text = in_plain_letters(password)
    starts = range(min(_decorated(text), LONGEST_DECORATION) + 1)
    ends = range(min(_decorated(text[::-1]), LONGEST_DECORATION) + 1)
    return any(_is_phrase(text[start : len(text) - end]) for start, end in product(starts, ends))


def _is_phrase(text: str) -> bool:
    for spelling in SPELT:
        letters = "".join(letter for letter in text.translate(spelling) if letter.isalpha())
        written = {letters, _undoubled(letters)}
        if any(each in PHRASES or each[::-1] in PHRASES for each in written):
            return True
    return False


def _undoubled(letters: str) -> str:
    """What is written again and again, once."""
    length = (letters + letters).find(letters, 1)
    return letters[:length] if letters else ""


def _decorated(text: str) -> int:
    return next((place for place, letter in enumerate(text) if letter.isalpha()), len(text))


def in_plain_letters(text: str) -> str:
    """In small letters and without accents, as somebody would try it; of a long text its beginning."""
    letters = unicodedata.normalize("NFKD", text[:MADE_PLAIN].casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
