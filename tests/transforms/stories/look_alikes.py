"""Reports of two events that look alike, and of one that runs on."""

from reports import Report

LOOK_ALIKES: dict[str, tuple[str, list[Report], list[Report]]] = {
    "earthquakes": (
        "en",
        [
            (
                "Quake of magnitude 6.2 shakes the Brenna coast",
                (
                    "An earthquake of magnitude 6.2 shook the Brenna coast in southern Ostrel before dawn, damaging a school in "
                    "Kalvik. Provincial head Signe Dahl said that rescuers from Lorn were on their way."
                ),
            ),
            (
                "School damaged as earthquake shakes southern Ostrel",
                (
                    "A 6.2-magnitude earthquake damaged a school in Kalvik on the Brenna coast. Rescuers from Lorn were sent, "
                    "said Signe Dahl, who heads the province in southern Ostrel."
                ),
            ),
        ],
        [
            (
                "Quake of magnitude 4.9 shakes the Brenna coast",
                (
                    "An earthquake of magnitude 4.9 shook the Brenna coast in southern Ostrel in the afternoon, cracking a quay in "
                    "Tofte. Provincial head Signe Dahl said that rescuers from Lorn were not needed."
                ),
            ),
            (
                "Quay cracked as earthquake shakes southern Ostrel",
                (
                    "A 4.9-magnitude earthquake cracked a quay in Tofte on the Brenna coast. Rescuers from Lorn stayed at home, "
                    "said Signe Dahl, who heads the province in southern Ostrel."
                ),
            ),
        ],
    ),
    "matches": (
        "de",
        [
            (
                "Aldorf schlägt Benken 4:2",
                (
                    "Der FC Aldorf hat den SV Benken mit 4:2 besiegt. Timo Krahl traf im Stadion am Wehr zweimal, Trainerin Rike "
                    "Sommer lobte die Abwehr um Jan Bode."
                ),
            ),
            (
                "Krahl trifft doppelt gegen Benken",
                (
                    "Mit zwei Toren von Timo Krahl gewann der FC Aldorf im Stadion am Wehr 4:2 gegen den SV Benken. Jan Bode hielt "
                    "die Abwehr zusammen, sagte Rike Sommer."
                ),
            ),
        ],
        [
            (
                "Aldorf unterliegt Benken 0:1",
                (
                    "Der FC Aldorf hat gegen den SV Benken mit 1:0 das Nachsehen gehabt. Jan Bode traf für den SV, Timo Krahl vom FC "
                    "Aldorf sah Rot, Trainerin Rike Sommer schimpfte."
                ),
            ),
            (
                "Rot für Krahl, Aldorf verliert gegen Benken",
                (
                    "Ein Tor von Jan Bode reichte dem SV Benken zum 1:0 gegen den FC Aldorf. Timo Krahl flog vom Platz, Rike Sommer "
                    "ärgerte sich."
                ),
            ),
        ],
    ),
    "killings": (
        "en",
        [
            (
                "Farmer found dead near Ulmen bridge",
                (
                    "A 62-year-old farmer was found dead near the Ulmen bridge with a wound to the head, inspector Vera Lind said. "
                    "She asked drivers on the Lorn road for pictures."
                ),
            ),
            (
                "Ulmen police seek drivers after farmer's death",
                (
                    "Inspector Vera Lind wants pictures of drivers on the Lorn road after a farmer, 62, was found dead near the Ulmen "
                    "bridge."
                ),
            ),
        ],
        [
            (
                "Student found dead near Ulmen bridge",
                (
                    "A 21-year-old student was found dead near the Ulmen bridge with a wound to the neck, inspector Vera Lind said. "
                    "She asked riders on the Lorn road for pictures."
                ),
            ),
            (
                "Ulmen police seek riders after student's death",
                (
                    "Inspector Vera Lind wants pictures of riders on the Lorn road after a student, 21, was found dead near the Ulmen "
                    "bridge."
                ),
            ),
        ],
    ),
    "proceedings": (
        "en",
        [
            (
                "Banker Olof Brann charged with fraud",
                (
                    "Olof Brann, who led the bank of Lorn, was charged with fraud over loans to Aska Yarns. Prosecutor Edda Rusk "
                    "holds letters; lawyer Karl Osten calls them false."
                ),
            ),
            (
                "Brann faces fraud charge over Aska loans",
                (
                    "Prosecutor Edda Rusk has charged Olof Brann, once head of the bank of Lorn, with fraud over loans to Aska "
                    "Yarns. Lawyer Karl Osten said the letters were false."
                ),
            ),
        ],
        [
            (
                "Banker Olof Brann sentenced for bribes",
                (
                    "Olof Brann, who led the bank of Lorn, was sentenced to four years for bribes to Tarvik Ferries. Prosecutor Edda "
                    "Rusk had letters; lawyer Karl Osten will appeal."
                ),
            ),
            (
                "Four years for Brann over Tarvik bribes",
                (
                    "A court sentenced Olof Brann, once head of the bank of Lorn, to four years for bribes to Tarvik Ferries. "
                    "Lawyer Karl Osten said that he would appeal; prosecutor Edda Rusk was content."
                ),
            ),
        ],
    ),
}
RUNNING: dict[str, list[Report]] = {
    "a score at half time": [
        (
            "Tarvik lead Ulmen 1-0 at half-time",
            (
                "Tarvik Town lead Ulmen Rovers 1-0 at half-time in the derby at Harbour Lane. Per Moe headed in a corner from Anton "
                "Lisk after 20 minutes."
            ),
        ),
        (
            "Moe double wins derby for Tarvik",
            (
                "Per Moe scored twice as Tarvik Town beat Ulmen Rovers 3-1 in the derby at Harbour Lane. Anton Lisk set up the first "
                "after 20 minutes and got the third himself."
            ),
        ),
        (
            "Tarvik win derby against Ulmen",
            "Tarvik Town won the derby against Ulmen Rovers at Harbour Lane 3-1 with two goals by Per Moe and one by Anton Lisk.",
        ),
    ],
    "a magnitude measured anew, an aftershock and a toll that rises": [
        (
            "Earthquake of magnitude 6.1 hits Aska islands",
            (
                "An earthquake of magnitude 6.1 hit the Aska islands in the morning, the survey in Lorn said. Two people died in Port "
                "Vesh, mayor Olga Rinn said. A landslide closed the coast road."
            ),
        ),
        (
            "Two dead as quake strikes Port Vesh",
            (
                "At least two people died in Port Vesh when a 6.3 magnitude earthquake struck the Aska islands. Mayor Olga Rinn said "
                "that a landslide had closed the coast road."
            ),
        ),
        (
            "Aska toll rises to five as aftershocks go on",
            (
                "Five people are now known to have died in Port Vesh after the 6.3 magnitude earthquake on the Aska islands. An "
                "aftershock of magnitude 5.0 shook the town, mayor Olga Rinn said."
            ),
        ),
        (
            "Aftershock rattles Port Vesh",
            (
                "A magnitude 5.0 aftershock rattled Port Vesh, a day after an earthquake killed five on the Aska islands. Mayor Olga "
                "Rinn asked people to sleep outside. The coast road stays closed by a landslide."
            ),
        ),
    ],
    "the ages of a victim and of a suspect": [
        (
            "Baker killed in Ulmen market",
            (
                "A baker, 34, was stabbed to death in the market hall of Ulmen on Monday night, police said. Inspector Vera Lind asked "
                "witnesses of a quarrel to come forward."
            ),
        ),
        (
            "Man held over Ulmen market stabbing",
            (
                "Police arrested a 29-year-old man over the stabbing in the market hall of Ulmen. Inspector Vera Lind said that he had "
                "quarrelled with the baker who was killed."
            ),
        ),
        (
            "Ulmen mourns its baker",
            (
                "Flowers lie in the market hall of Ulmen where Joran Falk, 34, was stabbed on Monday night. A man was arrested, "
                "inspector Vera Lind said."
            ),
        ),
    ],
    "stages within a week": [
        (
            "Mayor of Lorn arrested",
            "Police arrested Karl Osten, mayor of Lorn, over missing harbour fees. Prosecutor Edda Rusk said 40,000 crowns were gone.",
        ),
        (
            "Osten charged over harbour fees",
            "Karl Osten, mayor of Lorn, was charged with taking 40,000 crowns of harbour fees, prosecutor Edda Rusk said.",
        ),
        (
            "Lorn mayor pleads not guilty",
            (
                "Karl Osten pleaded not guilty to taking 40,000 crowns of harbour fees. Prosecutor Edda Rusk asked that the mayor of "
                "Lorn stay in prison."
            ),
        ),
    ],
}
