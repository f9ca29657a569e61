"""Words that carry grammar and no news, by language: they weigh nothing before a vocabulary has been counted."""

FUNCTION_WORDS = {
    "ar": """
        من في على إلى عن مع أن إن التي الذي هذا هذه ذلك كان كانت قد لم لا ما كل بعد قبل بين حتى أو ثم وقال
        قال
    """,
    "cs": """
        aby ale ani bez byl byla bylo být co či další do jak jako její jejich jeho jen již jsem jsou kde
        když která které který mezi mimo může nad nebo není pak pod podle pro proti protože před při roce
        řekl se si také tak tedy ten tento toho tom tím už více však za ze že
    """,
    "da": """
        af alle at blev bliver da de dem den denne der deres det dette dig din efter ej eller en er et for
        fra han har hans har havde hende her hun hvad hvis hvor ikke ind jeg kan kunne man med meget men
        mere mod mellem ned nogle nu når og også om op over på samt sig siden sin skal skulle som sagde så
        til ud under var ved vi vil ville være været
    """,
    "de": """
        aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bis
        bisher da dabei damit dann daran darauf das dass dazu dem den denn der deren des dessen die dies
        diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er erst es etwa
        für gegen gibt habe haben hat hatte hatten hier ich ihm ihn ihr ihre ihrem ihren ihrer im immer in
        ins ist jahr jahre jahren jede jeder jedoch jetzt kann kein keine können könnte konnte laut man mehr
        mehrere mit müssen nach nicht noch nun nur ob oder ohne sagt sagte schon sehr sei seien sein seine
        seinem seinen seiner seit sich sie sind so soll sollen sollte sondern sowie über um und uns unter
        uhr viele vom von vor war waren was wegen weil weiter weitere weiteren welche wenn werde werden wie
        wieder will wir wird wo wollen worden wurde wurden würde zu zum zur zwei zwischen
    """,
    "en": """
        a about after again against all also am among an and any are as at back be because been before being
        between both but by can could day did do does doing down during each even every few first for from
        get go going had has have having he her here him his how i if in into is it its just last like made
        make many may me might more most much must my new no not now of off on one only or other our out
        over own people said same say says she should since so some still such take than that the their them
        then there these they this those three through time to told too two under until up us used very was
        way we week well were what when where which while who whose why will with would year years you your
    """,
    "es": """
        al algo ante antes así aún año años cada como con contra cual cuando de del desde después dijo donde
        dos durante él el ella ellos en entre era es esa ese eso esta está este esto estos están fue fueron
        gran ha hace hacia hasta hay han la las le les lo los más me mi mientras muy ni no nos otra otro
        otros para parte pero poco por porque puede que quien qué se según ser si sido sin sobre son su sus
        también tan te tiene todo todos tras tres tu un una uno unos varios ya y
    """,
    "fi": """
        ei eivät ennen että hän hänen he heidän ja jo joka jolla jos jotka jälkeen kaksi kanssa kertoo koko
        kuin kuitenkin kun kuten me mikä minä mukaan muun mutta myös niin nyt näin ole oli olisi olivat olla
        on ovat paljon saa se sekä sen siitä sitä sanoo siis tai tämä tämän tässä vain vielä voi vuoden
        vuonna yli
    """,
    "fr": """
        afin ai ainsi alors an année années ans après au aucun aussi autre autres aux avait avant avec avoir
        bien car ce cela celle celui ces cet cette ceux chez comme contre dans de depuis des deux dit donc
        dont du elle elles en encore entre est et était étaient été être eu fait faire fois font hui il ils
        je jour jours jusque la le les leur leurs lors lui mais me même moins mon ne ni nos notre nous on
        ont ou où par parce pas pendant peu peut plus plusieurs pour pourrait près qu quand que quel quelque
        qui quoi sa sans se selon sera ses si soit son sont sous sur ta tant tous tout toute toutes très
        trois un une va vers vous
    """,
    "it": """
        agli ai al alla alle allo anche ancora anni anno aveva che chi ci come con contro cosa così da dagli
        dai dal dalla dalle degli dei del della delle dello di dopo dove due durante è ed era erano essere
        fa fatto fino fra gli ha hanno ho il in invece io la le lei lo loro ma mentre mi molto ne nei nel
        nella nelle nello noi non nostro o oggi ogni ora per perché più poi possono prima può quando quanto
        quella quelle quelli quello questa queste questi questo qui sarà se secondo sempre senza si sia solo
        sono sta stata stati stato su sua sue sugli sui sul sulla sulle suo suoi tra tre tutte tutti tutto
        un una uno
    """,
    "nl": """
        aan af al alle als altijd andere bij binnen daar dan dat de der deze die dit doen door drie dus een
        eens en er geen geweest haar had heb hebben heeft hem het hij hoe hun ik in is jaar je kan komt
        kunnen maar me meer men met mijn moet na naar niet nieuwe nog nu of om omdat onder ons ook op over
        samen sinds te tegen tegenover tijdens toch toe tot twee uit van vanaf veel volgens voor waar waren
        was wat we weer wel werd werden wie wij wil worden wordt zal ze zei zelf zich zij zijn zo zoals
        zonder zou zouden
    """,
    "no": """
        alle at av ble blir da de dem den denne der deres det dette du eller en er et etter for fra før han
        hadde har hans hennes her hun hva hvis hvor ikke inn jeg kan kunne man med mellom men mens mer mot
        ned noe noen nå når og også om opp over på sa seg siden sier sin skal skulle som så til ut under var
        ved vi vil ville være vært år
    """,
    "pl": """
        aby albo ale ani bez był była było były być bardzo będzie będą choć co czy dla dlatego do dwa gdy
        gdzie go ich ile im innych ja jak jako je jednak jego jej jest jeszcze jeśli już każdy która które
        który których lat lub ma mają między może można na nad nam nas nie niż nim od on ona oni oraz po pod
        podczas pomiędzy powiedział proc przed przez przy roku są się tak także tam te tego tej ten też to
        tu tylko tym tych wiele więc według we został została wszystkich za zostały ze że
    """,
    "pt": """
        ainda além ano anos antes ao aos após as até cada com como contra da das de depois desde disse dois
        dos durante e é ela elas ele eles em entre era essa esse esta está estão este eu foi foram há isso
        já lhe mais mas me mesmo muito na nas não nem no nos nós num numa o onde os ou outra outro outros
        para pela pelas pelo pelos pode por porque quando que quem são se segundo sem ser será seu seus sido
        só sobre sua suas também tem têm ter toda todos três tudo um uma vai
    """,
    "ru": """
        без более бы был была были было быть вас ведь весь во вот все всего всех вы где года году да для до
        его ее если есть еще же за здесь из или им их как какой когда которая которые который кто лет ли
        между меня мне можно мы на над надо нас не него нее нет ни них но ну об один он она они оно от очень
        по под после потом потому при про раз с сам сейчас свои своей своих себя со так также такой там то
        того тоже только том тот ты у уже хотя чем через что чтобы эта эти это этого этой этом этот я
    """,
    "sv": """
        alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din dock du där efter
        ej eller en enligt ett från för genom ha hade han hans har hennes hon hos hur här i in inför innan
        inte jag kan kommer kunde man med mellan men mer mot mycket ner nu när någon något några och också
        om oss på redan sade samt sedan sig sin sina ska skulle som säger så sätt till två under upp ut utan
        var vara varit vi vid vill år över
    """,
    "tr": """
        ama ancak bir bile bin bu bunu bunun çok da daha dedi değil diye en fakat gibi göre ya hem her için
        ile ise işte kadar karşı ki kim mi milyon nasıl ne neden o olan olarak oldu olduğu olduğunu onu onun
        önce sonra söyledi şu tarafından tüm üzere var ve veya yeni yok yüzde
    """,
    "uk": """
        але би був була були було бути вже від він вона вони все всі де для до його її із за зі як який яка
        які якщо коли ми мене між може на над нас не ні про під після при року років свої себе так також там
        тим то того тому тільки усі хто це цей цього через що щоб я
    """,
}

_WITHOUT_NAMES = """
    am ar as bn bo ckb de dv dz fa gu he hi ja ka km kn ko lb lo ml mr my ne or pa ps sd si ta te th ti ug und ur yi yue
    zh
"""
WITHOUT_NAMES = frozenset(_WITHOUT_NAMES.split())
"""Languages whose capitals tell no names, having none or one for every noun; and the unknown language."""

STEM_LETTERS = 6
_WITH_ENDINGS = "be bg bs cs el et fi hr hu kk lt lv mk pl ru sk sl sr tr uk"
WITH_ENDINGS = frozenset(_WITH_ENDINGS.split())
"""Languages that end a word, or a name, by its place in the sentence: its first STEM_LETTERS letters stand for it."""
